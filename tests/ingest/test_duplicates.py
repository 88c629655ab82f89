"""Exact and near duplicates."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl.ingest.duplicates import find_duplicates, sketch

WORDS = [f"mot{n}" for n in range(400)]


def frame(rows: list[tuple[str, str, date | None, str]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"doc_id": i, "source_sha256": sha, "published_start": day, "sketch": sketch(text)}
            for i, sha, day, text in rows
        ],
        schema={
            "doc_id": pl.String,
            "source_sha256": pl.String,
            "published_start": pl.Date,
            "sketch": pl.List(pl.UInt32),
        },
    )


def test_a_republication_with_small_edits_is_a_near_duplicate_of_the_first() -> None:
    wire = " ".join(WORDS[:300])
    edited = " ".join([*WORDS[:150], "un", "ajout", *WORDS[150:300]])
    other = " ".join(reversed(WORDS))
    found = find_duplicates(
        frame(
            [
                ("d1", "a", date(2024, 3, 2), edited),
                ("d2", "b", date(2024, 3, 1), wire),
                ("d3", "c", None, other),
            ]
        )
    )
    assert found.select("doc_id", "duplicate_of").rows() == [("d1", "d2")]
    assert 0.9 < found["duplicate_similarity"][0] < 1


def test_exact_copies_have_similarity_one_and_texts_that_share_a_passage_are_no_duplicates() -> None:
    text = " ".join(WORDS[:200])
    half = " ".join(WORDS[:60] + WORDS[200:360])
    found = find_duplicates(
        frame([("d1", "a", None, text), ("d2", "a", None, text), ("d3", "c", None, half)])
    )
    assert found.rows() == [("d2", "d1", 1.0)]


@given(st.permutations(range(6)))
def test_the_outcome_does_not_depend_on_the_order_of_documents(order: list[int]) -> None:
    rows = [
        (f"d{n}", f"s{n // 2}", date(2024, 1, 1 + n % 3), " ".join(WORDS[n // 2 * 100 : n // 2 * 100 + 90]))
        for n in range(6)
    ]
    assert find_duplicates(frame([rows[n] for n in order])).equals(find_duplicates(frame(rows)))
