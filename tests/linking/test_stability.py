"""Ids and rows under changes of the corpus: random edits of generated reports (property tests)."""

from functools import cache

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from benchmarks.linking import Reports, generate
from corpus_etl import linking, schemas

SIZE = 160


@cache
def reports(seed: int) -> Reports:
    return generate(SIZE, seed)


def link(
    r: Reports, docs: set[str] | None = None, previous: linking.Previous | None = None
) -> linking.Linked:
    mentions, documents = r.mentions, r.documents
    if docs is not None:
        mentions = mentions.filter(pl.col("doc_id").is_in(list(docs)))
        documents = documents.filter(pl.col("doc_id").is_in(list(docs)))
    participants = r.participants.join(mentions, on="mention_id", how="semi")
    return linking.link(mentions, participants, documents, r.entities, previous=previous)


def as_previous(linked: linking.Linked) -> linking.Previous:
    return linking.Previous(linked.events, linked.mentions, linked.participants)


def touched(before: linking.Linked, after: linking.Linked, docs: set[str]) -> set[str]:
    """Events with a mention in one of the documents, in either state, and those they were split from or merged into."""
    both = pl.concat(
        [linked.mentions.select("event_id", "doc_id", "mention_id") for linked in (before, after)]
    )
    near = both.filter(pl.col("doc_id").is_in(list(docs)))
    for _ in range(2):
        members = both.join(near.select("event_id").unique(), on="event_id", how="semi")
        near = both.join(members.select("mention_id").unique(), on="mention_id", how="semi")
    return set(near["event_id"])


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 3), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed: int, order: object) -> None:
    r = reports(seed)
    number = order.randrange(10**6)  # type: ignore[attr-defined]
    shuffled = Reports(
        r.mentions.sample(fraction=1, shuffle=True, seed=number),
        r.participants.sample(fraction=1, shuffle=True, seed=number),
        r.documents.sample(fraction=1, shuffle=True, seed=number),
        r.entities.sample(fraction=1, shuffle=True, seed=number),
        r.truth,
    )
    one, other = link(r), link(shuffled)
    for name in ("events", "mentions", "participants", "entities"):
        assert_frame_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 3), data=st.data())
def test_edits_change_only_the_events_they_touch(seed: int, data: st.DataObject) -> None:
    r = reports(seed)
    docs = sorted(r.documents["doc_id"])
    held_back = set(data.draw(st.lists(st.sampled_from(docs), max_size=4, unique=True), label="added later"))
    removed = set(data.draw(st.lists(st.sampled_from(docs), max_size=4, unique=True), label="removed"))
    before = link(r, set(docs) - held_back)
    after = link(r, set(docs) - removed, as_previous(before))
    edited = held_back | removed
    near = touched(before, after, edited)
    old = before.events.filter(~pl.col("event_id").is_in(list(near)))
    new = after.events.filter(~pl.col("event_id").is_in(list(near)))
    assert_frame_equal(old, new)
    found = linking.changes(before.events, after.events, before.mentions, after.mentions)
    assert set(found["event_id"]) <= near
    assert found.schema == pl.Schema(schemas.TABLES["changes"].dtypes)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 3), data=st.data())
def test_changes_add_up(seed: int, data: st.DataObject) -> None:
    r = reports(seed)
    docs = sorted(r.documents["doc_id"])
    kept = [
        set(data.draw(st.lists(st.sampled_from(docs), min_size=len(docs) // 2, unique=True)))
        for _ in range(2)
    ]
    before = link(r, kept[0])
    after = link(r, kept[1], as_previous(before))
    found = linking.changes(before.events, after.events, before.mentions, after.mentions)
    count = dict(found.unique(["event_id", "change"]).group_by("change").len().iter_rows())
    gone = count.get("withdrawn", 0) + count.get("merged_into", 0)
    fresh = count.get("added", 0) + count.get("split_from", 0)
    assert after.events.height == before.events.height - gone + fresh
    assert set(found.filter(pl.col("change") == "merged_into")["other_event_id"]) <= set(
        after.events["event_id"]
    )
    assert set(found.filter(pl.col("change") == "split_from")["other_event_id"]) <= set(
        before.events["event_id"]
    )


def test_the_same_corpus_again_changes_nothing() -> None:
    before = link(reports(0))
    after = link(reports(0), previous=as_previous(before))
    assert_frame_equal(before.events, after.events)
    assert_frame_equal(before.entities, after.entities)
    assert linking.changes(before.events, after.events, before.mentions, after.mentions).is_empty()
