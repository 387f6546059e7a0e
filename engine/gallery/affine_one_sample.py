"""The affine layer for one sample: X·W + B."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="affine-one-sample",
    section="5.6.1",
    title={"en": "Affine for one sample", "zh": "Affine 层：一个样本", "ja": "Affine：1サンプル"},
    description={
        "en": "The weighted sum of one sample: two inputs, three neurons. X has shape (2,), W (2, 3), B (3,).",
        "zh": "一个样本的加权和：两个输入，三个神经元。X 的形状是 (2,)，W 是 (2, 3)，B 是 (3,)。",
        "ja": "1サンプルの重み付き和：入力2つ、ニューロン3つ。X の形状は (2,)、W は (2, 3)、B は (3,) です。",
    },
    labels={
        "X": {"en": "input", "zh": "输入", "ja": "入力"},
        "W": {"en": "weights", "zh": "权重", "ja": "重み"},
        "B": {"en": "bias", "zh": "偏置", "ja": "バイアス"},
        "XW": {"en": "X·W", "zh": "X·W", "ja": "X·W"},
        "Y": {"en": "output", "zh": "输出", "ja": "出力"},
    },
    formula="""\
X = np.array([1.0, 0.5])
W = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])
B = np.array([0.1, 0.2, 0.3])
XW = dot(X, W)
Y = XW + B
""",
)
