"""Entities across documents."""

from typing import Any

import polars as pl

from corpus_etl import ids, linking

DAY = {"date_start": "2024-02-29", "date_end": "2024-03-01", "date_granularity": "day"}


def link(rows: list[tuple[str, str, str, str]], event_type: str = "personnel.leave") -> linking.Linked:
    """Each row: document, key, name, kind of the one who leaves Nordix."""
    mentions = pl.DataFrame(
        [
            {"mention_id": f"m{n}", "doc_id": doc, "event_type": event_type, **DAY}
            for n, (doc, *_) in enumerate(rows)
        ]
    ).with_columns(pl.col("date_start", "date_end").str.to_date())
    people: list[dict[str, Any]] = [
        {"mention_id": f"m{n}", "role": "actor", "entity_id": key, "text": name}
        for n, (_, key, name, _) in enumerate(rows)
    ]
    people += [
        {"mention_id": f"m{n}", "role": "recipient", "entity_id": f"{doc}:900", "text": "Nordix"}
        for n, (doc, *_) in enumerate(rows)
    ]
    table = {key: (name, kind) for _, key, name, kind in rows} | {
        f"{doc}:900": ("Nordix", "organization") for doc, *_ in rows
    }
    entities = pl.DataFrame([{"entity_id": k, "name": n, "kind": kind} for k, (n, kind) in table.items()])
    documents = pl.DataFrame({"doc_id": sorted({doc for doc, *_ in rows})})
    return linking.link(mentions, pl.DataFrame(people), documents, entities)


def actors(linked: linking.Linked) -> dict[str, str]:
    rows = linked.participants.filter(pl.col("role") == "actor")
    return dict(rows.select("mention_id", "entity_id").iter_rows())


def test_one_full_name_is_one_person() -> None:
    found = actors(link([("d1", "d1:5", "Anna Brun", "person"), ("d2", "d2:9", "Anna BRUN", "person")]))
    assert found["m0"] == found["m1"] == ids.entity_id("d1:5")


def test_namesakes_by_family_name_stay_apart() -> None:
    rows = [
        ("d1", "d1:5", "Anna Brun", "person"),
        ("d2", "d2:9", "Jean Brun", "person"),
        ("d3", "d3:1", "Brun", "person"),
    ]
    found = actors(link(rows))
    assert len(set(found.values())) == 3


def test_a_family_name_takes_the_identity_of_the_bearer_in_its_event() -> None:
    found = actors(link([("d1", "d1:5", "Anna Brun", "person"), ("d2", "d2:9", "Brun", "person")]))
    assert found["m0"] == found["m1"]


def test_kinds_tell_names_apart() -> None:
    found = actors(link([("d1", "d1:5", "Anna Brun", "person"), ("d2", "d2:9", "Anna Brun", "organization")]))
    assert found["m0"] != found["m1"]


def test_legal_forms_do_not_make_another_organisation() -> None:
    linked = link([("d1", "d1:5", "Anna Brun", "person"), ("d2", "d2:9", "Anna Brun", "person")])
    organizations = linked.entities.filter(pl.col("kind") == "organization")
    assert organizations["name"].to_list() == ["Nordix"]
    assert organizations["n_documents"].to_list() == [2]


def test_gazetteer_entities_have_the_id_of_their_key() -> None:
    rows = [
        ("d1", ids.entity_id("person/elon-musk"), "Elon Musk", "person"),
        ("d2", "d2:4", "Elon Musk", "person"),
    ]
    linked = link(rows)
    assert set(actors(linked).values()) == {ids.entity_id("person/elon-musk")}
    musk = linked.entities.filter(pl.col("name") == "Elon Musk").row(0, named=True)
    assert (musk["kind"], musk["n_mentions"], musk["n_documents"]) == ("person", 2, 2)


def test_without_entity_table_names_are_taken_from_the_fillers() -> None:
    mentions = pl.DataFrame(
        {"mention_id": ["m1", "m2"], "doc_id": ["d1", "d2"], "event_type": ["life.die"] * 2}
    )
    people = pl.DataFrame(
        {
            "mention_id": ["m1", "m2"],
            "role": ["recipient"] * 2,
            "text": ["Anna Brun", "elle"],
            "entity_id": [None, None],
        },
        schema_overrides={"entity_id": pl.String},
    )
    linked = linking.link(mentions, people, pl.DataFrame({"doc_id": ["d1", "d2"]}))
    assert linked.entities["name"].to_list() == ["Anna Brun"]
    assert linked.events.height == 2
