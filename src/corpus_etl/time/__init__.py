"""Temporal expressions of a text: where they are and what they denote, on the calendar or as durations and sets."""

from .annotator import Annotator, annotate, annotator
from .column import annotate_column
from .document_date import DocumentDate, document_date
from .types import Basis, Interval, Kind, TemporalExpression

__all__ = [
    "Annotator",
    "Basis",
    "DocumentDate",
    "Interval",
    "Kind",
    "TemporalExpression",
    "annotate",
    "annotate_column",
    "annotator",
    "document_date",
]
