"""The exp node: its local derivative is its output."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="exp-node",
    section="5.5.2",
    title={"en": "The exp node", "zh": "exp 节点", "ja": "exp ノード"},
    description={
        "en": "y = exp(x) is its own derivative: what comes from upstream is multiplied by y.",
        "zh": "y = exp(x) 的导数就是它自己：上游的导数乘以 y。",
        "ja": "y = exp(x) の微分はそれ自身：上流の微分に y を掛けます。",
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
    },
    formula="""\
x = 1
y = exp(x)
""",
)
