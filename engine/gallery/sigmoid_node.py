"""The sigmoid as one node: its local derivative is y(1 − y)."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="sigmoid-node",
    section="5.5.2",
    title={"en": "Sigmoid as one node", "zh": "Sigmoid 合成一个节点", "ja": "シグモイドを1つのノードに"},
    description={
        "en": (
            "The four nodes in one: y²·exp(−x) is y(1 − y), so the output is all that the way back needs. "
            "Same x, same gradient."
        ),
        "zh": "四个节点合而为一：y²·exp(−x) 就是 y(1 − y)，反向传播只需要输出。x 相同，导数也相同。",
        "ja": (
            "4つのノードを1つに：y²·exp(−x) は y(1 − y) なので、逆伝播に必要なのは出力だけ。同じ x なら同じ微分です。"
        ),
    },
    labels={
        "x": {"en": "x", "zh": "x", "ja": "x"},
        "y": {"en": "y", "zh": "y", "ja": "y"},
    },
    formula="""\
x = 0.5
y = sigmoid(x)
""",
)
