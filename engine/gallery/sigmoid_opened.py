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
        "minus_x": {"en": "−x", "zh": "−x", "ja": "−x"},
        "e": {"en": "exp(−x)", "zh": "exp(−x)", "ja": "exp(−x)"},
        "s": {"en": "1 + exp(−x)", "zh": "1 + exp(−x)", "ja": "1 + exp(−x)"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
    },
    source="""\
x = 0.5
minus_x = x * -1
e = exp(minus_x)
s = e + 1
y = reciprocal(s)
""",
)
