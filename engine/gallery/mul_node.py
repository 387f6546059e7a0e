"""The mul node: each side gets the upstream gradient times the other side's value."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="mul-node",
    section="5.3.2",
    title={"en": "The mul node", "zh": "乘法节点", "ja": "乗算ノード"},
    description={
        "en": "z = x·y. The values change sides on the way back: x gets 1.3 × 5 = 6.5, y gets 1.3 × 10 = 13.",
        "zh": "z = x·y。反向时两个值“翻转”：x 得到 1.3 × 5 = 6.5，y 得到 1.3 × 10 = 13。",
        "ja": "z = x·y。逆伝播では値が入れ替わります：x へ 1.3 × 5 = 6.5、y へ 1.3 × 10 = 13。",
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
z = x * y
L = upstream * z
""",
)
