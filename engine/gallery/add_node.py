"""The add node: the upstream gradient goes on to both sides unchanged."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="add-node",
    section="5.3.1",
    title={"en": "The add node", "zh": "加法节点", "ja": "加算ノード"},
    description={
        "en": "z = x + y. Both local derivatives are 1, so the upstream gradient 1.3 reaches x and y as it is.",
        "zh": "z = x + y。两个局部导数都是1，所以上游的导数1.3原样传给 x 和 y。",
        "ja": "z = x + y。局所的な微分はどちらも1なので、上流の微分1.3がそのまま x と y に届きます。",
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
        "upstream": {"en": "upstream gradient", "zh": "上游传来的导数", "ja": "上流からの微分"},
        "z": {"en": "z", "zh": "z", "ja": "z"},
        "L": {"en": "what it all leads to", "zh": "最终的输出", "ja": "最終的な出力"},
    },
    formula="""\
x = 10
y = 5
upstream = 1.3
z = x + y
L = upstream * z
""",
)
