"""The annotated articles of the project: every offset gives back its words."""

from pathlib import Path

import orjson
import pytest

_ARTICLES, _DISPUTE = "tests/gold/texts", "corpora/openai-dispute"
_SETS = [
    ("training/data/articles/events.jsonl", "training/data/articles/texts"),
    *((f"tests/gold/{half}/general.jsonl", _ARTICLES) for half in ("read", "unread")),
    *((f"tests/gold/{half}/openai-dispute.jsonl", _DISPUTE) for half in ("read", "unread")),
]


@pytest.mark.parametrize(("annotations", "texts"), _SETS)
def test_triggers_stand_where_the_annotation_says(annotations: str, texts: str, project: Path) -> None:
    wrong = []
    for document in map(orjson.loads, (project / annotations).read_bytes().splitlines()):
        text = (project / texts / f"{document['doc']}.txt").read_text(encoding="utf-8")
        for mention in document["mentions"]:
            trigger, sentence = mention["trigger"], mention["sentence"]
            stands = text[trigger["start"] : trigger["end"]] == trigger["text"]
            if not stands or not sentence["start"] <= trigger["start"] < trigger["end"] <= sentence["end"]:
                wrong.append(mention["id"])
    # Only ids: half of the evaluation corpus is not shown to rule writers.
    assert wrong == []


@pytest.mark.parametrize("name", ["articles", "anaphors", "anaphors_test"])
def test_anaphors_stand_where_the_marks_say(name: str, project: Path) -> None:
    folder = project / "training" / "data" / name
    for document in map(orjson.loads, (folder / "anaphors.jsonl").read_bytes().splitlines()):
        text = (folder / "texts" / f"{document['doc']}.txt").read_text(encoding="utf-8")
        for mark in document["anaphors"]:
            assert text[mark["start"] : mark["end"]] == mark["text"], (document["doc"], mark)
