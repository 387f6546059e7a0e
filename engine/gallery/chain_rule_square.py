"""z = t², t = x + y: the chain rule as a walk along the edges."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="chain-rule-square",
    section="5.2.3",
    title={"en": "z = t², t = x + y", "zh": "z = t²，t = x + y", "ja": "z = t²、t = x + y"},
    description={
        "en": (
            "A composite function: first the sum, then the square. "
            "The chain rule multiplies the local derivatives along the way: 2t · 1 = 2(x + y)."
        ),
        "zh": "复合函数：先求和，再平方。链式法则把沿途的局部导数相乘：2t · 1 = 2(x + y)。",
        "ja": "合成関数：まず和、次に2乗。連鎖律は道すじの局所的な微分を掛け合わせます：2t · 1 = 2(x + y)。",
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
        "t": {"en": "t", "zh": "t", "ja": "t"},
        "z": {"en": "z", "zh": "z", "ja": "z"},
    },
    formula="""\
x = 2
y = 3
t = x + y
z = square(t)
""",
)
