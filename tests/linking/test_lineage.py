"""Ids carried forward, and the lineage in `changes`."""

from datetime import date

import polars as pl

from corpus_etl import linking


def release(
    rows: dict[str, str], first_release: dict[str, str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Events and mentions of a release from mention_id -> event_id."""
    mentions = pl.DataFrame({"mention_id": list(rows), "event_id": list(rows.values())})
    events = mentions.select(pl.col("event_id").unique().sort())
    since = first_release or {}
    return events.with_columns(
        first_release=pl.Series([since.get(e, "1.0.0") for e in events["event_id"]], dtype=pl.String),
        first_published=pl.lit(date(2024, 1, 1)),
        n_mentions=pl.Series([list(rows.values()).count(e) for e in events["event_id"]], dtype=pl.Int32),
    ), mentions


def suit(doc: str, day: int) -> tuple[dict[str, object], list[dict[str, str]]]:
    mention = {
        "mention_id": f"m{doc}",
        "doc_id": doc,
        "event_type": "justice.sue",
        "date_start": date(2024, 2, day),
        "date_end": date(2024, 2, day + 1),
        "date_granularity": "day",
    }
    people = [
        {"mention_id": f"m{doc}", "role": role, "entity_id": name, "text": name}
        for role, name in (("actor", "Anna Brun"), ("recipient", "Nordix"))
    ]
    return mention, people


def link(days: dict[str, int], previous: linking.Previous) -> dict[str, str]:
    made = [suit(doc, day) for doc, day in days.items()]
    mentions = pl.DataFrame([m for m, _ in made])
    people = pl.DataFrame([p for _, rows in made for p in rows])
    linked = linking.link(mentions, people, pl.DataFrame({"doc_id": list(days)}), previous=previous)
    return dict(linked.mentions.select("mention_id", "event_id").iter_rows())


def test_the_older_id_stays_where_events_merge() -> None:
    events, mentions = release({"md1": "eb", "md2": "ea"}, {"ea": "1.1.0", "eb": "1.0.0"})
    found = link({"d1": 3, "d2": 3}, linking.Previous(events, mentions))
    assert found == {"md1": "eb", "md2": "eb"}


def test_the_id_goes_with_most_mentions_where_an_event_splits() -> None:
    events, mentions = release({"md1": "ea", "md2": "ea", "md3": "ea"})
    found = link({"d1": 3, "d2": 9, "d3": 9}, linking.Previous(events, mentions))
    assert found["md2"] == found["md3"] == "ea"
    assert found["md1"] not in ("ea", None)


def test_an_id_of_the_past_is_not_minted_again() -> None:
    alone = link({"d1": 3}, linking.Previous(*release({"mx": "ex"})))["md1"]
    events, mentions = release({"md1": alone, "md2": alone, "md3": alone})
    found = link({"d1": 3, "d2": 9, "d3": 9}, linking.Previous(events, mentions))
    assert found["md2"] == found["md3"] == alone
    assert found["md1"] != alone


def test_changes_name_mergers_splits_and_the_rest() -> None:
    old_events, old = release({"m1": "ea", "m2": "eb", "m3": "ec", "m4": "ec", "m5": "ed"})
    new_events, new = release({"m1": "ea", "m2": "ea", "m3": "ec", "m4": "ee", "m6": "ef"})
    found = linking.changes(old_events, new_events, old, new)
    whole = {
        (r["event_id"], r["change"], r["other_event_id"])
        for r in found.iter_rows(named=True)
        if r["change"] != "changed"
    }
    assert whole == {
        ("eb", "merged_into", "ea"),
        ("ed", "withdrawn", None),
        ("ee", "split_from", "ec"),
        ("ef", "added", None),
    }
    changed = found.filter(pl.col("change") == "changed").select("event_id", "column", "old", "new").rows()
    assert changed == [("ea", "n_mentions", "1", "2"), ("ec", "n_mentions", "2", "1")]
