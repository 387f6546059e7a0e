"""The dot node: a product of matrices, with a transpose on each way back."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="dot",
    section="5.6.1",
    title={"en": "The dot node", "zh": "dot 节点", "ja": "dot ノード"},
    description={
        "en": "Y = X·W for matrices. Back to X goes ∂L/∂Y·Wᵀ, back to W goes Xᵀ·∂L/∂Y: shapes alone tell which.",
        "zh": "矩阵的乘积 Y = X·W。传回 X 的是 ∂L/∂Y·Wᵀ，传回 W 的是 Xᵀ·∂L/∂Y：看形状就知道。",
        "ja": "行列の積 Y = X·W。X へは ∂L/∂Y·Wᵀ、W へは Xᵀ·∂L/∂Y が戻ります。形状を見れば分かります。",
    },
    labels={
        "X": {"en": "input", "zh": "输入", "ja": "入力"},
        "W": {"en": "weights", "zh": "权重", "ja": "重み"},
        "Y": {"en": "output", "zh": "输出", "ja": "出力"},
    },
    formula="""\
X = np.array([[1, 2], [3, 4]])
W = np.array([[1, 3, 5], [2, 4, 6]])
Y = dot(X, W)
""",
)
