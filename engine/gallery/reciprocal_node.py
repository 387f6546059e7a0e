"""The node ÷: y = 1/x, local derivative −y²."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="reciprocal-node",
    section="5.5.2",
    title={"en": "The reciprocal node", "zh": "倒数节点", "ja": "逆数ノード"},
    description={
        "en": (
            "y = 1/x, the node “/” of the sigmoid. Its local derivative is −1/x², which is −y²: "
            "the output is enough to go back."
        ),
        "zh": "y = 1/x，即 Sigmoid 中的“/”节点。局部导数是 −1/x²，也就是 −y²：只用输出就能反向传播。",
        "ja": "y = 1/x、シグモイドの「/」ノード。局所的な微分は −1/x²、つまり −y² で、出力だけで逆伝播できます。",
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
    },
    formula="""\
x = 2
y = reciprocal(x)
""",
)
