"""Amounts of a text: money, percentages, shares and counts, with scales, ranges and comparisons."""

from .annotator import AmountAnnotator, annotate, annotator
from .types import Amount, AmountKind, Comparison

__all__ = ["Amount", "AmountAnnotator", "AmountKind", "Comparison", "annotate", "annotator"]
