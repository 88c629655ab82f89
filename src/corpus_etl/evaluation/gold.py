"""Annotated and predicted mentions in one form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from corpus_etl.errors import ConfigurationError

Interval = tuple[date, date]


@dataclass(frozen=True)
class Mention:
    """A mention, annotated or predicted. What only annotations have is empty in predictions."""

    event_type: str
    trigger: tuple[int, int]
    words: str
    actor: list[str]
    recipient: list[str]
    date: Interval | None
    amounts: list[Mapping[str, Any]]
    factuality: str
    attribution: str | None
    event: str
    confidence: float = 1.0
    sentence: tuple[int, int] = (0, 0)
    optional: bool = False
    accepted_types: frozenset[str] = frozenset()
    optional_names: Mapping[str, list[str]] = field(default_factory=dict)
    date_optional: bool = False
    attribution_optional: str | None = None


Gold = dict[str, list[Mention]]
"""Document name (file name without `.txt`) to its mentions."""


def read_gold(paths: list[Path]) -> Gold:
    """Read annotations: JSON lines, a document each. Raises ConfigurationError naming the line that is malformed."""
    documents: Gold = {}
    for path in paths:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if not line.strip():
                continue
            try:
                record = orjson.loads(line)
                documents[record["doc"]] = [_annotated(m) for m in record["mentions"]]
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
                raise ConfigurationError(
                    f"{path}, line {number}: no annotated document ({error!r})"
                ) from None
    return documents


def _annotated(m: Mapping[str, Any]) -> Mention:
    names = {role: [x["name"] for x in m.get(role) or []] for role in ("actor", "recipient")}
    when = m.get("date")
    return Mention(
        event_type=m["type"],
        trigger=(m["trigger"]["start"], m["trigger"]["end"]),
        words=m["trigger"]["text"],
        actor=names["actor"],
        recipient=names["recipient"],
        date=(_day(when["start"]), _day(when["end"])) if when else None,
        amounts=list(m.get("amounts") or []),
        factuality=m["factuality"],
        attribution=m.get("attribution"),
        event=m["event"],
        sentence=(m["sentence"]["start"], m["sentence"]["end"]),
        optional=bool(m.get("optional")),
        accepted_types=frozenset([m["type"], *m.get("also_types", [])]),
        optional_names={r: [x["name"] for x in m.get(f"{r}_optional") or []] for r in ("actor", "recipient")},
        date_optional=bool(when and when.get("optional")),
        attribution_optional=m.get("attribution_optional"),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def read_predictions(tables: Mapping[str, pl.DataFrame], wanted: set[str]) -> Gold:
    """The mentions of a release (tables documents, mentions, participants, entities) in the documents `wanted`."""
    stems = {
        i: Path(s).name.removesuffix(".txt")
        for i, s in tables["documents"].select("doc_id", "source").iter_rows()
    }
    names = dict(tables["entities"].select("entity_id", "name").iter_rows())
    roles: dict[str, dict[str, list[str]]] = {}
    for row in tables["participants"].iter_rows(named=True):
        filler = names.get(row["entity_id"], row["text"])
        roles.setdefault(row["mention_id"], {}).setdefault(row["role"], []).append(filler)
    documents: Gold = {name: [] for name in wanted}
    for row in tables["mentions"].iter_rows(named=True):
        name = stems[row["doc_id"]]
        if name in wanted:
            documents[name].append(_predicted(row, roles.get(row["mention_id"], {}), names))
    return documents


def _predicted(row: Mapping[str, Any], roles: Mapping[str, list[str]], names: Mapping[str, str]) -> Mention:
    return Mention(
        event_type=row["event_type"],
        trigger=(row["trigger_start"], row["trigger_end"]),
        words=row["trigger"],
        actor=roles.get("actor", []),
        recipient=roles.get("recipient", []),
        date=(row["date_start"], row["date_end"]) if row["date_start"] else None,
        amounts=row["amounts"] or [],
        factuality=row["factuality"],
        attribution=names.get(row["attribution_entity_id"]),
        event=row["event_id"],
        confidence=row["confidence"],
    )
