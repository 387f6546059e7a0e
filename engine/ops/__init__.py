"""The catalogue: importing this package registers every op, one family a file."""

from engine.ops import activation as activation
from engine.ops import arithmetic as arithmetic
from engine.ops import comparison as comparison
from engine.ops import convolution as convolution
from engine.ops import elementary as elementary
from engine.ops import linear as linear
from engine.ops import loss as loss
from engine.ops import normalization as normalization
from engine.ops import reduction as reduction
from engine.ops import shape as shape
