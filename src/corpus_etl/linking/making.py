"""The linked tables from what linking has found, a part at a time."""

from dataclasses import dataclass

import polars as pl

from corpus_etl import schemas

from .entities import Resolved
from .entity_rows import adopt, adopted_names, counted, entity_table
from .identity import reason_columns
from .inputs import OTHER
from .rows import event_rows, fillers, voters
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
    shown = tables.pile("events")
    for number in made.voters.numbers():
        mentions, participants = made.voters.take(number), made.fillers.take(number)
        shown.add(event_rows(mentions, participants, tables.documents, entities, event_types))
    return Made(shown.scan(), made.mentions.scan(), made.participants(), entities.lazy())


class _Made:
    """What is made of the parts of the mentions: their own tables, and what entities and events are made from."""

    def __init__(self, tables: Tables, events: pl.DataFrame) -> None:
        self._tables, self._events = tables, events
        self.mentions, self.counts = tables.pile("mentions"), tables.shelf("counts")
        self.voters, self.fillers = tables.shelf("voters"), tables.shelf("voted")
        self._participants = tables.shelf("linked")

    def add(self, number: int, keys: pl.DataFrame, reasons: pl.DataFrame) -> None:
        """Add a part; `keys` (key, entity_id) are those that it uses, `reasons` has the columns of links by `i`."""
        mentions, participants = self._tables.take(number)
        mentions = _translate(mentions, keys, "attribution_entity_id")
        participants = _translate(participants, keys, "entity_id")
        counts = counted(participants, mentions, self._tables.documents)
        slot = slots(pl.col("entity_id"), self._tables.slots)
        self.counts.spread(counts.with_columns(slot=slot), "slot")
        mentions = mentions.with_columns(self._events[mentions["i"]].get_columns())
        self.voters.spread(voters(mentions).with_columns(mentions["event_part"]), "event_part")
        votes = fillers(participants)
        event_part = self._events["event_part"]
        self.fillers.spread(votes.with_columns(event_part[votes["i"]]).drop("i"), "event_part")
        place = pl.col("i") // self._tables.size
        self._participants.spread(participants.with_columns(place=place), "place")
        linked = mentions.join(reasons, on="i", how="left")
        self.mentions.add(_order(linked, "mentions"))

    def participants(self) -> pl.LazyFrame:
        """All participants: mentions of one part have their ids anywhere, so these are sorted when all are there."""
        pile = self._tables.pile("participants")
        for number in self._participants.numbers():
            pile.add(_order(self._participants.take(number), "participants"))
        return pile.scan()


def _translate(frame: pl.DataFrame, keys: pl.DataFrame, column: str) -> pl.DataFrame:
    to_global = keys.rename({"key": column, "entity_id": "_global"})
    joined = frame.join(to_global, on=column, how="left", maintain_order="left")
    return joined.with_columns(pl.col("_global").alias(column)).drop("_global")


def _order(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Columns of the contract first, in its order and dtypes, then those that were given besides; rows in its order."""
    table = schemas.TABLES[name]
    others = (pl.col(c).alias(c.removeprefix(OTHER)) for c in frame.columns if c.startswith(OTHER))
    columns = (pl.col(c).cast(t, strict=False) for c, t in table.dtypes.items())
    return frame.select(*columns, *others).sort(table.sort, nulls_last=True, maintain_order=True)
