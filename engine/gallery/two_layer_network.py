"""The two-layer network on a small batch: affine, ReLU, affine, softmax with loss."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="two-layer-network",
    section="5.7.2",
    title={"en": "A two-layer network", "zh": "两层神经网络", "ja": "2層ニューラルネットワーク"},
    description={
        "en": (
            "Affine, ReLU, Affine and Softmax-with-loss on three samples: "
            "the network of the chapter, small enough to see every number."
        ),
        "zh": "Affine、ReLU、Affine、Softmax-with-loss，三个样本：本章的网络，小到能看清每一个数。",
        "ja": (
            "Affine、ReLU、Affine、Softmax-with-Loss を3サンプルで。"
            "この章のネットワークを、すべての数が見える大きさにしたものです。"
        ),
    },
    labels={
        "x": {"en": "inputs, one row a sample", "zh": "输入，每行一个样本", "ja": "入力（1行が1サンプル）"},
        "t": {"en": "correct answer", "zh": "正确答案", "ja": "正解"},
        "W1": {"en": "weights of layer 1", "zh": "第1层的权重", "ja": "第1層の重み"},
        "b1": {"en": "bias of layer 1", "zh": "第1层的偏置", "ja": "第1層のバイアス"},
        "W2": {"en": "weights of layer 2", "zh": "第2层的权重", "ja": "第2層の重み"},
        "b2": {"en": "bias of layer 2", "zh": "第2层的偏置", "ja": "第2層のバイアス"},
        "a1": {"en": "weighted sums", "zh": "加权和", "ja": "重み付き和"},
        "z1": {"en": "hidden layer", "zh": "隐藏层", "ja": "隠れ層"},
        "a2": {"en": "scores", "zh": "得分", "ja": "スコア"},
        "loss": {"en": "loss", "zh": "损失", "ja": "損失"},
    },
    formula="""\
x = np.array([[0.8, 0.1, 0.0, 0.5],
              [0.0, 0.9, 0.7, 0.2],
              [0.4, 0.0, 0.6, 1.0]])
t = np.array([[1, 0], [0, 1], [1, 0]])
W1 = np.array([[0.42, -0.31, 0.18],
               [-0.25, 0.57, 0.09],
               [0.13, 0.36, -0.48],
               [0.29, -0.12, 0.61]])
b1 = np.array([0.05, 0.0, -0.1])
W2 = np.array([[0.33, -0.27], [-0.46, 0.51], [0.2, -0.15]])
b2 = np.array([0.02, -0.02])
a1 = affine(x, W1, b1)
z1 = relu(a1)
a2 = affine(z1, W2, b2)
loss = softmax_with_loss(a2, t)
""",
)
