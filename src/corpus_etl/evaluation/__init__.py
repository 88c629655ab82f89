"""Scores of a release against annotated texts: mentions, arguments, dates, factuality, attribution, coreference."""

from .gold import Gold, Mention, read_gold, read_predictions
from .measures import Scores, score
from .names import same_name

__all__ = ["Gold", "Mention", "Scores", "read_gold", "read_predictions", "same_name", "score"]
