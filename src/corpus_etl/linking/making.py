"""The linked tables from what linking has found, a part at a time."""

from dataclasses import dataclass

import polars as pl

from corpus_etl import schemas

from .entities import Resolved
from .entity_rows import adopt, adopted_names, counted, entity_table
from .identity import reason_columns
from .rows import event_rows, for_events
from .shelves import Shelf, slots
from .tables import Tables


@dataclass(frozen=True)
class Made:
    """The linked tables, in order of their rows; those that grow with the corpus lazily."""

    events: pl.LazyFrame
    mentions: pl.LazyFrame
    participants: pl.LazyFrame
    entities: pl.LazyFrame


def make_tables(
    tables: Tables,
    resolved: Resolved,
    reasons: Shelf,
    events: pl.DataFrame,
    names: pl.DataFrame,
    event_types: pl.DataFrame,
) -> Made:
    """The tables of the contract. `events` has event_id and event_part of every mention, `reasons` why it is there, by part.

    `names` are canonical names of entities to keep.
    """
    made = _Made(tables, events)
    adopted = adopted_names(tables, resolved, events)
    for number in tables.parts:
        keys = adopt(resolved.parts.take(number), adopted).select("key", "entity_id")
        made.add(number, keys, reason_columns(reasons.take(number), tables.register["mention_id"]))
    entities = entity_table(tables, resolved, adopted, made.counts, names)
    shown = tables.shelf("events")
    for number in made.voters.numbers() or [0]:
        voters, fillers = made.voters.take(number), made.fillers.take(number)
        shown.put(number, event_rows(voters, fillers, tables.documents, entities, event_types))
    return Made(shown.scan(), made.mentions.scan(), made.participants(), entities.lazy())


class _Made:
    """What is made of the parts of the mentions: their own tables, and what entities and events are made from."""

    def __init__(self, tables: Tables, events: pl.DataFrame) -> None:
        self._tables, self._events = tables, events
        self.mentions, self.counts = tables.shelf("linked-mentions"), tables.shelf("counts")
        self.voters, self.fillers = tables.shelf("voters"), tables.shelf("fillers")
        self._participants, self._sorted = tables.shelf("linked-participants"), tables.shelf("sorted")

    def add(self, number: int, keys: pl.DataFrame, reasons: pl.DataFrame) -> None:
        """Add a part; `keys` (key, entity_id) are those that it uses, `reasons` has the columns of links by `i`."""
        mentions, participants = self._tables.take(number)
        mentions = _translate(mentions, keys, "attribution_entity_id")
        participants = _translate(participants, keys, "entity_id")
        counts = counted(participants, mentions, self._tables.documents)
        slot = slots(pl.col("entity_id"), self._tables.slots)
        self.counts.spread(counts.with_columns(slot=slot), "slot")
        mentions = mentions.with_columns(self._events[mentions["i"]].get_columns())
        voters, fillers = for_events(mentions, participants)
        self.voters.spread(voters, "event_part")
        self.fillers.spread(fillers, "event_part")
        place = mentions.select("mention_id", place=pl.col("i") // self._tables.size)
        self._participants.spread(participants.join(place, on="mention_id", maintain_order="left"), "place")
        linked = mentions.join(reasons, on="i", how="left").drop("i", "doc", "event_part")
        self.mentions.put(number, _order(linked, "mentions"))

    def participants(self) -> pl.LazyFrame:
        """All participants: mentions of one part have their ids anywhere, so these are sorted when all are there."""
        for number in self._participants.numbers() or [0]:
            self._sorted.put(number, _order(self._participants.take(number), "participants"))
        return self._sorted.scan()


def _translate(frame: pl.DataFrame, keys: pl.DataFrame, column: str) -> pl.DataFrame:
    to_global = keys.rename({"key": column, "entity_id": "_global"})
    joined = frame.join(to_global, on=column, how="left", maintain_order="left")
    return joined.with_columns(pl.col("_global").alias(column)).drop("_global")


def _order(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Columns of the contract first, in its order and dtypes; rows in its order."""
    table = schemas.TABLES[name]
    others = [c for c in frame.columns if c not in table.dtypes]
    columns = (pl.col(c).cast(t, strict=False) for c, t in table.dtypes.items())
    return frame.select(*columns, *others).sort(table.sort, nulls_last=True, maintain_order=True)
