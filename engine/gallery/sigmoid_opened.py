"""The sigmoid in its four nodes: ×(−1), exp, +1, ÷."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="sigmoid-opened",
    section="5.5.2",
    title={"en": "Sigmoid, node by node", "zh": "Sigmoid：逐个节点", "ja": "シグモイド：ノードごと"},
    description={
        "en": (
            "y = 1/(1 + exp(−x)) in four nodes: ×(−1), exp, +1, ÷. "
            "Multiply back along them and y²·exp(−x) arrives at x."
        ),
        "zh": "y = 1/(1 + exp(−x)) 由四个节点组成：×(−1)、exp、+1、/。沿途反向相乘，到达 x 的是 y²·exp(−x)。",
        "ja": (
            "y = 1/(1 + exp(−x)) を4つのノードで：×(−1)、exp、+1、/。逆向きに掛けていくと x に y²·exp(−x) が届きます。"
        ),
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "y.negated": {"en": "−x", "zh": "−x", "ja": "−x"},
        "y.exp": {"en": "exp(−x)", "zh": "exp(−x)", "ja": "exp(−x)"},
        "y.plus": {"en": "1 + exp(−x)", "zh": "1 + exp(−x)", "ja": "1 + exp(−x)"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
    },
    formula="""\
x = 0.5
y = sigmoid(x)
""",
    opened="y",
)
