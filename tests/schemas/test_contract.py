"""The contract: models, ids, checks over several tables."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl import ids, schemas


@pytest.mark.parametrize("table", schemas.TABLES.values(), ids=lambda t: t.name)
def test_every_table_and_column_is_described(table: schemas.Table) -> None:
    assert table.description
    assert all(len(text) > 8 for text in table.descriptions.values())
    assert {f.name: f.metadata[b"description"].decode() for f in table.arrow_schema()} == table.descriptions
    assert set(table.key) <= set(table.dtypes)
    assert set(table.sort) <= set(table.dtypes)


def test_there_are_63_event_types_with_known_crosswalk_codes() -> None:
    types = schemas.event_types()
    assert types.height == len(set(schemas.EVENT_TYPES)) == 63
    assert types["cameo_root"].drop_nulls().str.contains(r"^(0[1-9]|1\d|20)$").all()
    assert types["definition"].null_count() == 0


@given(st.text(), st.integers(0, 10**6), st.integers(0, 10**6))
def test_ids_are_stable_hashes_of_their_locators(text: str, start: int, end: int) -> None:
    first = ids.mention_id(text, start, end, "justice.sue")
    assert first == ids.mention_id(text, start, end, "justice.sue")
    assert first != ids.mention_id(text, start, end + 1, "justice.sue")
    assert len(first) == 17


def test_ids_do_not_change_between_versions_of_the_code() -> None:
    assert ids.doc_id("0" * 64) == "d3421ad2e334d538b"
    assert ids.mention_id("d1", 0, 5, "justice.sue") == "ma2d284684a57c7b5"
    assert ids.entity_id("k") == "n50ceac30e4387977"
    assert ids.event_id("m1") == "e7659561b323c2839"
    assert ids.doc_id("0" * 64, 1) != ids.doc_id("0" * 64)


def test_a_foreign_key_that_names_nothing_is_found() -> None:
    entities = schemas.TABLES["entities"].empty()
    participants = pl.DataFrame({"entity_id": [None, "n1"]}, schema={"entity_id": pl.String})
    failures = schemas.foreign_key_failures({"entities": entities, "participants": participants})
    assert failures.rows() == [("participants", "entity_id", "n1", "entities.entity_id")]


def test_offsets_that_do_not_reproduce_the_words_are_found() -> None:
    texts = pl.DataFrame({"doc_id": ["d1"], "text": ["né à Sète 👍 puis parti"]})
    rows = pl.DataFrame(
        {
            "doc_id": ["d1", "d1", "d1", "d2"],
            "text": ["Sète", "puis", "Sete", "né"],
            "start": [5, 12, 5, 0],
            "end": [9, 16, 9, 2],
        },
        schema_overrides={"start": pl.Int32, "end": pl.Int32},
    )
    assert schemas.check_offsets("participants", rows, texts).to_list() == [True, True, False, False]
