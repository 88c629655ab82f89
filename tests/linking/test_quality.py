"""Quality on generated reports and on the annotated texts."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from benchmarks.linking import b_cubed, generate
from corpus_etl import linking
from corpus_etl.evaluation.coreference import coreference

_AMOUNT = {
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "currency": pl.String,
    "unit": pl.String,
}


@pytest.mark.parametrize("seed", [1, 2])
def test_generated_reports(seed: int) -> None:
    r = generate(5_000, seed)
    linked = linking.link(r.mentions, r.participants, r.documents, r.entities)
    precision, _, f1 = b_cubed(r.truth, linked.mentions)
    assert precision >= 0.98
    assert f1 >= 0.94


@pytest.mark.parametrize(("size", "part"), [(200, 1), (2_000, 150), (2_000, 900)])
def test_the_size_of_the_parts_changes_nothing(size: int, part: int) -> None:
    """Also where a part is smaller than a document, a kin of types, or a cluster."""
    r = generate(size, 3)
    frames = (r.mentions, r.participants, r.documents, r.entities)
    whole, parts = (linking.link(*frames, part=most) for most in (10**9, part))
    assert parts.events.equals(whole.events)
    assert parts.mentions.equals(whole.mentions)
    assert parts.participants.equals(whole.participants)
    assert parts.entities.equals(whole.entities)


def test_annotated_mentions(shared: Path) -> None:
    """Mentions of the annotators, linked across the five texts."""
    mentions, participants, documents, gold = [], [], [], {}
    for line in (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        published = text["document_date"]
        source = (shared / "corpora" / "seeds" / f"{text['doc']}.txt").read_text(encoding="utf-8")
        documents.append(
            {
                "doc_id": text["doc"],
                **{f"published_{k}": date.fromisoformat(published[k]) for k in ("start", "end")},
            }
        )
        for m in text["mentions"]:
            when, sentence, trigger = m["date"], m["sentence"], m["trigger"]
            gold[m["id"]] = m["event"]
            mentions.append(
                {
                    "mention_id": m["id"],
                    "doc_id": text["doc"],
                    "event_type": m["type"],
                    "factuality": m["factuality"],
                    "trigger": trigger["text"],
                    "trigger_start": trigger["start"],
                    "trigger_end": trigger["end"],
                    "sentence": source[sentence["start"] : sentence["end"]],
                    "sentence_start": sentence["start"],
                    "sentence_end": sentence["end"],
                    "date_start": date.fromisoformat(when["start"][:10]) if when else None,
                    "date_end": date.fromisoformat(when["end"][:10]) if when else None,
                    "date_granularity": when["granularity"] if when else None,
                    "amounts": [{field: a.get(field) for field in _AMOUNT} for a in m["amounts"]],
                }
            )
            for role in ("actor", "recipient"):
                participants += [
                    {"mention_id": m["id"], "role": role, "entity_id": x["name"], "text": x["text"]}
                    for x in m[role]
                ]
            if m["theme"]:
                participants.append(
                    {"mention_id": m["id"], "role": "theme", "entity_id": None, "text": m["theme"]}
                )
    linked = linking.link(
        pl.DataFrame(
            mentions, infer_schema_length=None, schema_overrides={"amounts": pl.List(pl.Struct(_AMOUNT))}
        ),
        pl.DataFrame(participants, infer_schema_length=None),
        pl.DataFrame(documents),
    )
    found = dict(linked.mentions.select("mention_id", "event_id").iter_rows())
    ids = sorted(gold)
    score = coreference([gold[i] for i in ids], [found[i] for i in ids])
    assert score.b3_precision >= 0.95
    assert score.conll >= 0.92
