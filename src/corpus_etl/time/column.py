"""Temporal expressions of a whole polars column."""

from datetime import date, datetime
from typing import Any

import polars as pl

from .annotator import annotator
from .types import Interval

EXPRESSION = pl.Struct(
    {
        "start": pl.UInt32,
        "end": pl.UInt32,
        "text": pl.String,
        "kind": pl.String,
        "value_start": pl.Date,
        "value_end": pl.Date,
        "granularity": pl.String,
        "basis": pl.String,
        "timex_type": pl.String,
        "timex_value": pl.String,
        "approx": pl.Boolean,
    }
)
"""Type of one expression in a column."""
_FIELDS = tuple(EXPRESSION.to_schema())


def annotate_column(texts: pl.Series, references: pl.Series | None = None, language: str = "fr") -> pl.Series:
    """Annotate a column of texts.

    `references` is of the same length: dates, datetimes, or structs of `start` and `end` (the end excluded), null
    where unknown. Returns a series of lists of `EXPRESSION`, null where the text is null. Raises ShapeError where the
    lengths differ.
    """
    if references is not None and len(references) != len(texts):
        raise pl.exceptions.ShapeError(f"{len(texts)} texts and {len(references)} references")
    given = references.to_list() if references is not None else [None] * len(texts)
    tagger = annotator(language)
    rows = [
        None
        if text is None
        else [{name: getattr(e, name) for name in _FIELDS} for e in tagger.annotate(text, _reference(reference))]
        for text, reference in zip(texts.to_list(), given, strict=True)
    ]
    return pl.Series(texts.name, rows, dtype=pl.List(EXPRESSION))


def _reference(value: Any) -> Interval | date | datetime | None:
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        return Interval(start, end) if start is not None and end is not None else None
    return value if isinstance(value, date) else None
