"""The affine layer for a batch: the bias is repeated forward, so its gradient is a sum."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="affine-batch",
    section="5.6.2",
    title={"en": "Affine for a batch", "zh": "Affine 层：批", "ja": "Affine：バッチ版"},
    description={
        "en": (
            "Three samples at once. "
            "The one bias is added to every row, so on the way back its gradient is the sum over the rows."
        ),
        "zh": "三个样本一起计算。同一个偏置加到每一行，所以反向时它的导数是各行之和。",
        "ja": "3サンプルを一度に。同じバイアスが各行に足されるので、逆伝播ではバイアスの微分は行の和になります。",
    },
    labels={
        "X": {"en": "inputs, one row a sample", "zh": "输入，每行一个样本", "ja": "入力（1行が1サンプル）"},
        "W": {"en": "weights", "zh": "权重", "ja": "重み"},
        "B": {"en": "bias", "zh": "偏置", "ja": "バイアス"},
        "XW": {"en": "X·W", "zh": "X·W", "ja": "X·W"},
        "Y": {"en": "output", "zh": "输出", "ja": "出力"},
    },
    formula="""\
X = np.array([[1.0, 0.5], [-0.3, 0.8], [0.6, -1.2]])
W = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])
B = np.array([0.1, 0.2, 0.3])
XW = dot(X, W)
Y = XW + B
""",
)
