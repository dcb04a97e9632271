"""New values of a type: what ``Integer('7')`` and its like give.

Manual: https://www.puppet.com/docs/puppet/7/function.html#new
"""

from appo_tui.evaluator.types.conversion.constructor import ConversionError
from appo_tui.evaluator.types.conversion.converting import convert, takes

__all__ = ["ConversionError", "convert", "takes"]
