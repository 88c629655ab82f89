"""Offsets, hostile input, columns."""

import time
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_etl.time import annotate, annotate_column

WORDS = ["le", "3", "mai", "2021", "de", "à", "entre", "et", "il y a", "deux ans", "lundi", "dernier", "du", "au", "15 h", "l'été",
    "\n", " ", ",", "—", "début", "premier", "trimestre", "1999", "xxe", "siècle", "hier", "Noël", "é", "𝄞", "2024-03-05"]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_offsets_reproduce_the_text_and_do_not_overlap(text):
    end = 0
    for e in annotate(text, date(2024, 3, 5)):
        assert text[e.start : e.end] == e.text and e.start >= end
        assert e.interval is None or e.interval.start < e.interval.end
        end = e.end


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text):
    for e in annotate(text, None):
        assert text[e.start : e.end] == e.text


@pytest.mark.parametrize("unit", ["1234567890", "de 3 à ", "le 1 le 1 ", "il y a il y a ", "du 3 au 5 mai et ", "2024-03-05 ", "«"])
def test_time_is_linear_on_hostile_input(unit):
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        begin = time.perf_counter()
        annotate(text, date(2024, 3, 5))
        return time.perf_counter() - begin

    seconds(2_000)
    small, large = (min(seconds(n) for _ in range(2)) for n in (20_000, 80_000))
    # Four times the text; quadratic growth would be sixteen-fold.
    assert large < 10 * small + 0.05


def test_a_column_is_annotated_with_nulls_kept():
    texts = pl.Series("text", ["Hier, à Paris.", None, "Rien."])
    days = pl.Series([date(2024, 3, 5), None, None])
    found = annotate_column(texts, days)
    assert found.dtype.inner.to_schema()["value_start"] == pl.Date
    rows = found.to_list()
    assert rows[0][0]["value_start"] == date(2024, 3, 4) and rows[1] is None and rows[2] == []
    with pytest.raises(pl.exceptions.ShapeError):
        annotate_column(texts, days.head(2))
