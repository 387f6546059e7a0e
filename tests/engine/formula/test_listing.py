"""The chapter's listings, pasted as they stand."""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

from engine import evaluate
from engine.errors import FormulaError
from engine.formula import parse

APPLES = """
class MulLayer:
    def __init__(self) -> None:
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x = x
        self.y = y
        out = x * y
        return out

    def backward(self, dout):
        dx = dout * self.y  # 翻转 x 和 y
        dy = dout * self.x
        return dx, dy

apple = 100
apple_num = 2
tax = 1.1

mul_apple_layer = MulLayer()
mul_tax_layer = MulLayer()

# 正向传播过程
apple_price = mul_apple_layer.forward(apple, apple_num)
price = mul_tax_layer.forward(apple_price, tax)

print(price)  # 结果是220.00000000000003

# 反向传播过程
dprice = 1
dapple_price, dtax = mul_tax_layer.backward(dprice)
dapple, dapple_num = mul_apple_layer.backward(dapple_price)
print(dapple, dapple_num, dtax)  # 结果是 2.2 110.00000000000001 200
"""

FRUIT = """
apple = 100
apple_num = 2
orange = 150
orange_num = 3
tax = 1.1

mul_apple_layer = MulLayer()
mul_orange_layer = MulLayer()
add_apple_orange_layer = AddLayer()
mul_tax_layer = MulLayer()

# 前向传播过程
apple_price = mul_apple_layer.forward(apple, apple_num)  #(1)
orange_price = mul_orange_layer.forward(orange, orange_num)  #(2)
all_price = add_apple_orange_layer.forward(apple_price, orange_price)  #(3)
price = mul_tax_layer.forward(all_price, tax)  #(4)

# 反向传播过程，要注意与正向传播的计算顺序相反
dprice = 1
dall_price, dtax = mul_tax_layer.backward(dprice)  #(4)
dapple_price, dorange_price = add_apple_orange_layer.backward(dall_price)  #(3)
dorange, dorange_num = mul_orange_layer.backward(dorange_price)  #(2)
dapple, dapple_num = mul_apple_layer.backward(dapple_price)  #(1)

print(price)  # 结果是715.0000000000001
print(dapple_num, dapple, dorange, dorange_num,
      dtax)  # 结果是110.00000000000001 2.2 3.3000000000000003 165.0 650
"""


def test_two_apples_digit_for_digit() -> None:
    parsed = parse(APPLES)
    assert [node.id for node in parsed.graph] == ["apple", "apple_num", "tax", "apple_price", "price"]
    evaluation = evaluate(parsed.graph)
    assert repr(float(evaluation.output)) == "220.00000000000003"
    gradients = [float(evaluation.gradients[name]) for name in ("apple", "apple_num", "tax")]
    assert [repr(g) for g in gradients] == ["2.2", "110.00000000000001", "200.0"]


@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_apples_and_oranges_digit_for_digit(indent: str) -> None:
    parsed = parse(textwrap.indent(FRUIT, indent))
    assert parsed.graph.output == "price"
    assert "dprice" not in parsed.names
    evaluation = evaluate(parsed.graph)
    assert repr(float(evaluation.output)) == "715.0000000000001"
    names = ("apple_num", "apple", "orange", "orange_num", "tax")
    assert [repr(float(evaluation.gradients[name])) for name in names] == [
        "110.00000000000001",
        "2.2",
        "3.3000000000000003",
        "165.0",
        "650.0",
    ]


def test_a_network_of_the_chapters_layers() -> None:
    parsed = parse(
        """
        import numpy as np
        x = np.array([[1.0, -0.5], [-2.0, 3.0]])
        W, b = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]), np.zeros(3)
        t = np.array([[0, 1, 0], [1, 0, 0]])
        affine = Affine(W, b=b)
        relu, last = 1, 2
        activation = Relu()
        gate = Sigmoid()
        last = SoftmaxWithLoss()
        y = affine.forward(x)
        y = activation.forward(y)
        y = gate.forward(y)
        loss = last.forward(y, t)
        dout = 1
        dout = last.backward(dout)
        dout = gate.backward(dout)
        dout = activation.backward(dout)
        dx = affine.backward(dout)
        grads = affine.dW
        db = affine.db
        W -= 0.1 * grads
        """
    )
    assert [node.op for node in parsed.graph if not node.leaf] == ["affine", "relu", "sigmoid", "softmax_with_loss"]
    assert parsed.graph.output == "loss"
    assert parsed.names["y"] == "y_3"
    assert parsed.names["W"] == "W"
    assert not {"dout", "dx", "grads", "db"} & set(parsed.names)
    x, W, b, t = (evaluate(parsed.graph).values[name] for name in ("x", "W", "b", "t"))
    scores = 1 / (1 + np.exp(-np.maximum(x @ W + b, 0)))
    wanted = np.mean(np.log(np.exp(scores).sum(axis=1)) - (scores * t).sum(axis=1))
    assert evaluate(parsed.graph).output == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("seed", ["dout = 1.0", "dout = np.ones((2, 2))", "dout = np.array([[1, 2], [3, 4]])"])
def test_the_upstream_gradient_is_no_input(seed: str) -> None:
    parsed = parse(f"r = Relu()\ny = r.forward(x)\n{seed}\nprint(dout)\ndx = r.backward(dout)\ntwice = dx * 2")
    assert parsed.names == {"x": "x", "y": "y"}


def test_the_same_name_may_be_a_value_when_nothing_calls_backward() -> None:
    assert parse("dprice = 1\nz = dprice * 2").names == {"dprice": "dprice", "z": "z"}


def test_a_value_that_is_also_handed_to_backward_stays_a_value() -> None:
    parsed = parse("m = MulLayer()\nx = 3\ny = m.forward(x, 2)\nz = y + x\nm.backward(x)")
    assert parsed.graph.output == "z"
    assert parsed.graph["x"].op == "input"


def test_a_layer_may_be_used_where_it_is_made() -> None:
    assert evaluate(parse("y = MulLayer().forward(3, 4)").graph).output == 12.0


def test_known_functions_may_be_defined_along() -> None:
    assert parse("def sigmoid(x):\n    return 1 / (1 + np.exp(-x))\ny = sigmoid(x)").graph["y"].op == "sigmoid"


LAYER_CLASS = """
class {name}:
    def __init__(self, W=None, b=None):
        self.x = None

    def forward(self, x):
        self.x = x
        return x

    def backward(self, dout):
        return dout
"""


@pytest.mark.parametrize(
    ("name", "op"),
    [
        ("MulLayer", "mul"),
        ("AddLayer", "add"),
        ("Relu", "relu"),
        ("Sigmoid", "sigmoid"),
        ("Affine", "affine"),
        ("SoftmaxWithLoss", "softmax_with_loss"),
        ("TwoLayerNet", "softmax_with_loss"),
    ],
)
def test_a_class_that_nothing_uses_is_drawn_at_work(name: str, op: str) -> None:
    parsed = parse(LAYER_CLASS.format(name=name))
    assert parsed.graph[parsed.graph.output].op == op
    assert np.isfinite(evaluate(parsed.graph).output).all()
    assert set(parsed.places.values()) == {(2, 1)}


def test_a_class_that_is_used_has_no_example() -> None:
    assert parse(LAYER_CLASS.format(name="Relu") + "y = Relu().forward(3)").names == {"y": "y"}


def test_a_class_that_is_no_layer_is_refused() -> None:
    with pytest.raises(FormulaError, match="Conv2d is no layer of the chapter"):
        parse(LAYER_CLASS.format(name="Conv2d"))


def test_scripts_that_need_data_are_sent_to_the_training_page() -> None:
    for line in ("(x_train, t_train), (x_test, t_test) = load_mnist(normalize=True)", "net = TwoLayerNet(784, 50, 10)"):
        with pytest.raises(FormulaError, match="training page"):
            parse(line)


def test_calls_of_other_modules_say_nothing_about_the_graph() -> None:
    parsed = parse(
        "import sys, os\nimport numpy as np\nimport matplotlib.pyplot as plt\nsys.path.append(os.pardir)\n"
        "x = np.array([1.0, 2.0])\ny = x * 2\nplt.plot(x, y)\nplt.show()\nnp.sum(y)"
    )
    assert [node.op for node in parsed.graph] == ["input", "constant", "mul", "sum"]
