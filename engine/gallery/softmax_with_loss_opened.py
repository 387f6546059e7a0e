"""Softmax with cross-entropy, node by node: exp, Σ, ÷, log, ×, Σ, ×(−1)."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="softmax-with-loss-opened",
    section="5.6.3",
    title={
        "en": "Softmax-with-loss, node by node",
        "zh": "Softmax-with-loss：逐个节点",
        "ja": "Softmax-with-Loss：ノードごと",
    },
    description={
        "en": (
            "exp, Σ and ÷ make the probabilities y; log, ×, Σ and ×(−1) make the loss. "
            "Two branches meet at exp, and their sum is y − t."
        ),
        "zh": "exp、Σ、÷ 得到概率 y；log、×、Σ、×(−1) 得到损失。两条支路在 exp 汇合，相加正是 y − t。",
        "ja": ("exp、Σ、÷ で確率 y に、log、×、Σ、×(−1) で損失に。exp で2つの枝が合流し、その和が y − t になります。"),
    },
    labels={
        "a": {"en": "scores", "zh": "得分", "ja": "スコア"},
        "t": {"en": "correct answer", "zh": "正确答案", "ja": "正解"},
        "L.y.exp": {"en": "exp(a)", "zh": "exp(a)", "ja": "exp(a)"},
        "L.y.total": {"en": "sum of the exps", "zh": "exp 之和", "ja": "exp の和"},
        "L.y": {"en": "probabilities", "zh": "概率", "ja": "確率"},
        "L.log": {"en": "log y", "zh": "log y", "ja": "log y"},
        "L.chosen": {"en": "t × log y", "zh": "t × log y", "ja": "t × log y"},
        "L.total": {"en": "sum", "zh": "总和", "ja": "合計"},
        "L": {"en": "loss", "zh": "损失", "ja": "損失"},
    },
    formula="""\
a = np.array([1.0986122886681098, 0.6931471805599453, 1.6094379124341003])
t = np.array([0, 1, 0])
L = softmax_with_loss(a, t)
""",
    opened="L",
)
