"""The layers that an exported listing is made of, in the book's style; each reads as it is printed.

The classes stand here as code, so that what is exported is what is tested.
"""

from engine.export.book import activation, arithmetic, helper, image, linear, loss, shape

HELPERS = (helper.unbroadcast, helper.one_hot, helper.windows)
LAYERS: dict[str, type] = {
    "abs": arithmetic.Abs,
    "add": arithmetic.AddLayer,
    "affine": linear.Affine,
    "batch_norm": image.BatchNormalization,
    "broadcast_to": shape.BroadcastTo,
    "clip": arithmetic.Clip,
    "concat": shape.Concat,
    "conv": image.Convolution,
    "cos": arithmetic.Cos,
    "cross_entropy_error": loss.CrossEntropyError,
    "div": arithmetic.DivLayer,
    "dot": linear.Dot,
    "dropout": activation.Dropout,
    "exp": arithmetic.Exp,
    "flatten": shape.Flatten,
    "gelu": activation.Gelu,
    "leaky_relu": activation.LeakyRelu,
    "log": arithmetic.Log,
    "matmul": linear.MatMul,
    "max": shape.Max,
    "maximum": arithmetic.Maximum,
    "mean": shape.Mean,
    "mean_squared_error": loss.MeanSquaredError,
    "minimum": arithmetic.Minimum,
    "mul": arithmetic.MulLayer,
    "neg": arithmetic.Neg,
    "one_hot": loss.OneHot,
    "pool": image.Pooling,
    "pow": arithmetic.Pow,
    "reciprocal": arithmetic.Reciprocal,
    "relu": activation.Relu,
    "reshape": shape.Reshape,
    "sigmoid": activation.Sigmoid,
    "sin": arithmetic.Sin,
    "softmax": loss.Softmax,
    "softmax_with_loss": loss.SoftmaxWithLoss,
    "softplus": activation.Softplus,
    "sqrt": arithmetic.Sqrt,
    "square": arithmetic.Square,
    "sub": arithmetic.SubLayer,
    "sum": shape.Sum,
    "sum_squared_error": loss.SumSquaredError,
    "tanh": activation.Tanh,
    "transpose": shape.Transpose,
}
