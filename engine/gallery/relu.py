"""ReLU on an array: a switch for each element."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="relu",
    section="5.5.1",
    title={"en": "ReLU on an array", "zh": "数组上的 ReLU", "ja": "配列の ReLU"},
    description={
        "en": "A switch for each element: where x > 0 the value and the gradient pass, elsewhere both are 0.",
        "zh": "每个元素一个开关：x > 0 时值和导数都通过，否则都是0。",
        "ja": "要素ごとのスイッチ：x > 0 なら値も微分も通し、それ以外はどちらも0です。",
    },
    labels={
        "x": {"en": "input", "zh": "输入", "ja": "入力"},
        "y": {"en": "output", "zh": "输出", "ja": "出力"},
    },
    formula="""\
x = np.array([[1.0, -0.5], [-2.0, 3.0]])
y = relu(x)
""",
)
