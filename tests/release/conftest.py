"""A small release made by hand: two documents, two mentions, one event each."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from corpus_etl import ids, schemas
from corpus_etl.release.manifest import Provenance

TEXTS = {
    "a.txt": "Elon Musk a porté plainte contre OpenAI le 29 février 2024.",
    "b.txt": "Le 2 octobre 2024, OpenAI a levé 6,6 milliards de dollars.",
}

Tables = dict[str, pl.DataFrame]


def _table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    dtypes = schemas.TABLES[name].dtypes
    return pl.DataFrame([{c: row.get(c) for c in dtypes} for row in rows], schema=dtypes, orient="row")


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def make_tables(
    names: tuple[str, ...] = ("a.txt", "b.txt"), trigger: str = "porté plainte"
) -> tuple[Tables, pl.DataFrame]:
    """Tables and texts of a release with the documents `names`."""
    documents, mentions, participants, events = [], [], [], []
    entities = {key: ids.entity_id(key) for key in ("musk", "openai")}
    facts = {
        "a.txt": (
            "justice.sue",
            trigger,
            "Elon Musk",
            "musk",
            "le 29 février 2024",
            "2024-02-29",
            "2024-03-01",
            [],
        ),
        "b.txt": (
            "business.raise_funds",
            "levé",
            "OpenAI",
            "openai",
            "Le 2 octobre 2024",
            "2024-10-02",
            "2024-10-03",
            ["6,6 milliards de dollars"],
        ),
    }
    for name in names:
        text, (kind, words, actor, key, when, start, end, amounts) = TEXTS[name], facts[name]
        sha = ids.sha256_hex(text.encode())
        doc = ids.doc_id(sha)
        documents.append(
            {
                "doc_id": doc,
                "source": name,
                "source_sha256": sha,
                "lang": "fr",
                "lang_score": 1.0,
                "published_basis": "none",
                "n_chars": len(text),
                "n_sentences": 1,
                "n_mentions": 1,
                "encoding": "utf-8",
            }
        )
        t0, t1 = _span(text, words)
        d0, d1 = _span(text, when)
        mention = ids.mention_id(doc, t0, t1, kind)
        event = ids.event_id(mention)
        dates = {"date_start": _day(start), "date_end": _day(end), "date_granularity": "day"}
        money = [
            dict(
                zip(("start", "end"), _span(text, a), strict=True),
                value=6.6e9,
                currency="USD",
                text=a,
                low=None,
                high=None,
                unit=None,
            )
            for a in amounts
        ]
        mentions.append(
            {
                "mention_id": mention,
                "event_id": event,
                "doc_id": doc,
                "sentence_start": 0,
                "sentence_end": len(text),
                "sentence": text,
                "trigger_start": t0,
                "trigger_end": t1,
                "trigger": words,
                "event_type": kind,
                "factuality": "asserted",
                **dates,
                "date_basis": "explicit",
                "date_text": when,
                "date_text_start": d0,
                "date_text_end": d1,
                "amounts": money,
                "confidence": 0.9,
                "extractor": "rules 1",
                "rule": "test",
            }
        )
        a0, a1 = _span(text, actor)
        participants.append(
            {
                "mention_id": mention,
                "role": "actor",
                "entity_id": entities[key],
                "text": actor,
                "start": a0,
                "end": a1,
                "resolution": "name",
            }
        )
        events.append(
            {
                "event_id": event,
                "event_type": kind,
                **dates,
                "actors": [{"entity_id": entities[key], "name": actor}],
                "recipients": [],
                "places": [],
                "amounts": money,
                "factuality": "asserted",
                "factuality_counts": {"asserted": 1, "negated": 0, "planned": 0, "possible": 0},
                "claimed_by": [],
                "denied_by": [],
                "n_mentions": 1,
                "n_documents": 1,
                "n_sources": 1,
                "confidence": 0.9,
                "label": f"{actor} · {kind}",
                "first_release": "0.0.0",
                "last_changed": "0.0.0",
            }
        )
    tables = {
        "documents": _table("documents", documents),
        "mentions": _table("mentions", mentions),
        "participants": _table("participants", participants),
        "entities": _table(
            "entities",
            [
                {"entity_id": i, "name": k, "kind": "other", "aliases": [], "n_mentions": 1, "n_documents": 1}
                for k, i in entities.items()
            ],
        ),
        "events": _table("events", events),
        "rejects": schemas.TABLES["rejects"].empty(),
        "quality": schemas.TABLES["quality"].empty(),
    }
    return tables, pl.DataFrame([{"doc_id": d["doc_id"], "text": TEXTS[d["source"]]} for d in documents])


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


@pytest.fixture
def make() -> Callable[..., tuple[Tables, pl.DataFrame]]:
    """Makes the tables of a release."""
    return make_tables


@pytest.fixture
def provenance() -> Provenance:
    """Where they come from."""
    return Provenance(
        parameters={},
        inputs={"corpus": "test"},
        models={"fr": {"version": "1", "sha256": "0" * 64}},
        stages=[],
    )
