"""Scores against annotations."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from corpus_etl.errors import ConfigurationError
from corpus_etl.evaluation import read_gold, same_name, score
from corpus_etl.evaluation.coreference import coreference
from corpus_etl.evaluation.gold import Gold, Mention


def mention(kind: str = "justice.sue", start: int = 10, event: str = "e1", **values: object) -> Mention:
    fields = {
        "actor": ["Elon Musk"],
        "recipient": ["OpenAI"],
        "date": None,
        "amounts": [],
        "factuality": "asserted",
        "attribution": None,
    }
    return Mention(kind, (start, start + 5), "words", event=event, sentence=(0, 100), **(fields | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Elon Musk", "Musk", True),
        ("Open AI", "OpenAI", True),
        ("la Commission européenne", "Commission Européenne", True),
        ("Sam Altman", "Altman Sam", False),
        ("Musk", "Elon", False),
        ("", "Musk", False),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same
    assert same_name(b, a) is same


def test_annotations_score_one_against_themselves() -> None:
    gold = {"a": [mention(), mention("personnel.leave", 40, "e2")], "b": [mention(event="e1")]}
    result = score(gold, gold)
    assert all(result.measures[m]["f1"] == 1 for m in ("trigger", "actor", "recipient", "record"))
    assert result.coreference.conll == 1
    assert result.intervals["trigger"] == (1, 1)


def test_wrong_types_missing_and_optional_mentions() -> None:
    gold = {"a": [mention(), mention("personnel.leave", 40), mention("life.marry", 70, optional=True)]}
    found = {"a": [mention(), mention("justice.arrest", 40), mention("disaster.natural", 80)]}
    measures = score(gold, found).measures
    assert measures["trigger"]["precision"] == pytest.approx(1 / 3)
    assert measures["trigger"]["recall"] == pytest.approx(1 / 2)
    assert measures["family"]["recall"] == pytest.approx(1 / 2)


def test_one_cluster_for_two_events_costs_precision_only() -> None:
    result = coreference(["a", "a", "b", "b"], ["x", "x", "x", "x"])
    assert result.b3_recall == 1
    assert result.b3_precision == pytest.approx(0.5)


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc": "a", "mentions": []}\n{"doc": 1}\n')
    with pytest.raises(ConfigurationError, match="line 2"):
        read_gold([path])


def as_release(gold: Gold, folder: Path) -> None:
    """Write annotations as the tables of a release."""
    mentions, participants, names = [], [], set()
    for doc, rows in gold.items():
        for n, m in enumerate(rows):
            key = f"{doc}-{n}"
            mentions.append(
                {
                    "mention_id": key,
                    "doc_id": doc,
                    "event_type": m.event_type,
                    "trigger_start": m.trigger[0],
                    "trigger_end": m.trigger[1],
                    "trigger": m.words,
                    "factuality": m.factuality,
                    "date_start": m.date and m.date[0],
                    "date_end": m.date and m.date[1],
                    "attribution_entity_id": m.attribution,
                    "event_id": m.event,
                }
            )
            for role in ("actor", "recipient"):
                participants += [
                    {"mention_id": key, "role": role, "entity_id": x, "text": x} for x in getattr(m, role)
                ]
            names |= {*m.actor, *m.recipient, *([m.attribution] if m.attribution else [])}
    dates = {"date_start": pl.Date, "date_end": pl.Date, "attribution_entity_id": pl.String}
    pl.DataFrame(mentions, schema_overrides=dates, infer_schema_length=None).write_parquet(
        folder / "mentions.parquet"
    )
    pl.DataFrame(participants).write_parquet(folder / "participants.parquet")
    pl.DataFrame([{"entity_id": x, "name": x} for x in sorted(names)]).write_parquet(
        folder / "entities.parquet"
    )
    pl.DataFrame([{"doc_id": d, "source": f"{d}.txt"} for d in gold]).write_parquet(
        folder / "documents.parquet"
    )


def test_scores_are_those_of_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    path = shared / "gold" / "seeds.jsonl"
    gold = read_gold([path])
    found = {doc: [m for n, m in enumerate(rows) if n % 4] for doc, rows in gold.items()}
    as_release(found, tmp_path)
    command = [sys.executable, str(shared / "eval" / "score_events.py"), str(tmp_path), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    stripped = {
        d: [Mention(**{**vars(m), "amounts": [], "optional": False}) for m in rows]
        for d, rows in found.items()
    }
    result = score(gold, stripped)
    ours = result.measures
    for name in ("trigger", "family", "actor", "recipient", "record"):
        assert ours[name]["f1"] == pytest.approx(theirs[name]["F"], abs=1e-9), name
    assert ours["date"]["close"] == pytest.approx(theirs["date"]["close"])
    assert ours["factuality"]["accuracy"] == pytest.approx(theirs["factuality"]["accuracy"])
    assert ours["attribution"]["recall"] == pytest.approx(theirs["attribution"]["recall"])
    assert result.coreference.conll == pytest.approx(theirs["coref"]["conll"])
