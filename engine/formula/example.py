"""Classes of the chapter at work on a few numbers: what is drawn where a class is pasted and nothing uses it."""

from __future__ import annotations

import ast

EXAMPLES = {
    "MulLayer": "x, y = 2, 3\nout = mul(x, y)",
    "AddLayer": "x, y = 2, 3\nout = add(x, y)",
    "Relu": "x = [[1.0, -0.5], [-2.0, 3.0]]\nout = relu(x)",
    "Sigmoid": "x = [[1.0, -0.5], [-2.0, 3.0]]\nout = sigmoid(x)",
    "Affine": """
x = [[1.0, 0.5], [-0.3, 0.8]]
W = [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]
b = [0.1, 0.2, 0.3]
out = affine(x, W, b)""",
    "SoftmaxWithLoss": "x = [[0.3, 2.9, 4.0]]\nt = [[0, 0, 1]]\nloss = softmax_with_loss(x, t)",
    "TwoLayerNet": """
x, t = [[0.8, 0.1], [0.0, 0.9]], [[1, 0], [0, 1]]
W1, b1 = [[0.42, -0.31, 0.18], [-0.25, 0.57, 0.09]], [0, 0, 0]
W2, b2 = [[0.33, -0.27], [-0.46, 0.51], [0.2, -0.15]], [0, 0]
a1 = affine(x, W1, b1)
z1 = relu(a1)
y = affine(z1, W2, b2)
loss = softmax_with_loss(y, t)""",
}


def example(definition: ast.ClassDef) -> list[ast.stmt]:
    """The lines of a class's example, standing where the class is defined."""
    tree = ast.parse(EXAMPLES[definition.name])
    for piece in ast.walk(tree):
        ast.copy_location(piece, definition)
    return tree.body
