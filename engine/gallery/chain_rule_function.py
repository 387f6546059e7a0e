"""One function y = f(x): the signal E coming back is multiplied by the local derivative."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="chain-rule-function",
    section="5.2.1",
    title={"en": "y = f(x), and the way back", "zh": "y = f(x) 与反向传播", "ja": "y = f(x) と逆伝播"},
    description={
        "en": (
            "Whatever gradient E arrives at y, the node multiplies it by its local derivative: E·∂y/∂x goes on to x. "
            "Here f is the square root; change E and see."
        ),
        "zh": "传到 y 的信号是 E，节点就把它乘以局部导数，把 E·∂y/∂x 传给 x。这里的 f 是平方根；改变 E 看一看。",
        "ja": (
            "y に届いた信号 E に局所的な微分を掛けた E·∂y/∂x が x へ伝わります。ここでは f は平方根です。"
            "E を変えてみましょう。"
        ),
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "E": {"en": "E, arriving at y", "zh": "传到 y 的信号 E", "ja": "y に届く信号 E"},
        "y": {"en": "y = f(x)", "zh": "y = f(x)", "ja": "y = f(x)"},
        "L": {"en": "what it all leads to", "zh": "最终的输出", "ja": "最終的な出力"},
    },
    formula="""\
x = 4
E = 2
y = sqrt(x)
L = E * y
""",
)
