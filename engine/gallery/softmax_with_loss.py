"""Softmax with cross-entropy as one node: what goes back is y − t."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="softmax-with-loss",
    section="5.6.3",
    title={"en": "Softmax-with-loss", "zh": "Softmax-with-loss 层", "ja": "Softmax-with-Loss"},
    description={
        "en": (
            "The scores are those whose softmax is y = (0.3, 0.2, 0.5); the answer is the second class. "
            "What goes back is simply y − t = (0.3, −0.8, 0.5)."
        ),
        "zh": ("这组得分的 softmax 是 y = (0.3, 0.2, 0.5)，正确答案是第二类。传回去的正是 y − t = (0.3, −0.8, 0.5)。"),
        "ja": (
            "このスコアのソフトマックスは y = (0.3, 0.2, 0.5)、正解は2番目。"
            "戻っていくのはちょうど y − t = (0.3, −0.8, 0.5) です。"
        ),
    },
    labels={
        "a": {"en": "scores", "zh": "得分", "ja": "スコア"},
        "t": {"en": "correct answer", "zh": "正确答案", "ja": "正解"},
        "L": {"en": "loss", "zh": "损失", "ja": "損失"},
    },
    formula="""\
a = np.array([1.0986122886681098, 0.6931471805599453, 1.6094379124341003])
t = np.array([0, 1, 0])
L = softmax_with_loss(a, t)
""",
)
