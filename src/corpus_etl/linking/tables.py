"""The tables that linking takes, checked, completed and cut into parts of whole documents.

What is kept in memory of them is narrow: the ids of the mentions and what orders them, and when documents were published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from corpus_etl.errors import ConfigurationError

from .inputs import Given, check, conform, own_participants
from .names import fill_names
from .shelves import Pile, Shelf, part_numbers, slots
from .types import type_traits
from .words import Words

_FILLERS = ("mention_id", "role", "start", "end", "entity_id", "text")
_PARTS_OF_SLOT = 2
"""Parts of mentions whose keys fill a slot."""
_LAST = "\U0010ffff"
"""Stands for a document without id, which comes last."""


@dataclass(frozen=True)
class Tables:
    """What is given, cut into parts.

    register      one row per mention, sorted by mention_id: mention_id, doc (number of the document), part, kin_code, rank
                  (founding order). The number of a row is the number `i` of the mention in every step
    documents     doc_id, published_start, published_end, duplicate_of
    size          mentions of a part, about
    folder        of the shelves; null: they are in memory
    slots         number of slots into which keys of entities are cut
    """

    register: pl.DataFrame
    documents: pl.DataFrame
    size: int
    folder: Path | None
    slots: int
    mentions: Shelf
    participants: Shelf
    entities: Shelf

    def shelf(self, name: str) -> Shelf:
        """A new shelf."""
        return Shelf(self.folder, name)

    def pile(self, name: str) -> Pile:
        """A new pile."""
        return Pile(self.folder, name)

    @property
    def parts(self) -> list[int]:
        """Numbers of the parts, in the order of doc_id; at least one."""
        return self.register["part"].unique().sort().to_list() or [0]

    def part(self, number: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Mentions of the documents of a part, with `i` and `doc`, and their participants with `i`, both sorted by mention_id."""
        return _sorted(self.mentions.look(number), self.participants.look(number))

    def take(self, number: int) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The same, for the last time."""
        return _sorted(self.mentions.take(number), self.participants.take(number))


def _sorted(mentions: pl.DataFrame, participants: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return mentions.sort("i"), participants.sort(_FILLERS, nulls_last=True, maintain_order=True)


def cut(given: Given, size: int, folder: Path | None, words: Words) -> Tables:
    """Check what is given and cut it into parts of whole documents of about `size` mentions.

    Raises ConfigurationError where a required column is missing or a mention occurs twice.
    """
    check(given)
    documents = _documents(given)
    register = _register(given, documents, size)
    number = max(1, register["part"].n_unique() // _PARTS_OF_SLOT)
    tables = Tables(
        register,
        documents,
        size,
        folder,
        number,
        *(Shelf(folder, name) for name in ("mentions", "participants", "entities")),
    )
    _put_away(given, tables, words)
    return tables


def _documents(given: Given) -> pl.DataFrame:
    """When documents were published and what they are copies of."""
    narrow = conform("documents", given.documents).select(
        "doc_id", "published_start", "published_end", "duplicate_of"
    )
    return narrow.collect().unique("doc_id", keep="first", maintain_order=True)


def _register(given: Given, documents: pl.DataFrame, size: int) -> pl.DataFrame:
    narrow = conform("mentions", given.mentions).select("mention_id", "doc_id", "event_type", "trigger_start")
    kins = type_traits().select("event_type", "kin_code")
    mentions = narrow.collect().join(kins, on="event_type", how="left").sort("mention_id").drop("event_type")
    if mentions["mention_id"].n_unique() != mentions.height:
        raise ConfigurationError("mentions: a mention_id occurs twice")
    doc = mentions["doc_id"].fill_null(_LAST)
    rank = _founding_order(mentions, documents)
    return mentions.select(
        "mention_id",
        pl.col("kin_code").fill_null(-1),
        doc=doc.rank("dense").cast(pl.Int32),
        part=part_numbers(doc, size),
        rank=rank,
    )


def _founding_order(mentions: pl.DataFrame, documents: pl.DataFrame) -> pl.Series:
    """Rank of every mention: first published first, then by document and place in it."""
    published = mentions.join(
        documents.select("doc_id", "published_start"), on="doc_id", how="left", maintain_order="left"
    )
    order = published.with_row_index("i").sort(
        "published_start", "doc_id", "trigger_start", "mention_id", nulls_last=True
    )
    return order.with_row_index("rank").sort("i")["rank"]


def _put_away(given: Given, tables: Tables, words: Words) -> None:
    """Put mentions and participants of each part, and entities of each slot, on their shelves."""
    register = tables.register
    empty = conform("participants", given.participants.head(0)).collect()
    for batch in _batches(given.mentions, tables.size):
        mentions = conform("mentions", batch.lazy()).collect()
        tables.mentions.spread(_numbered(mentions, register, "part", "doc"), "part")
        own = own_participants(batch.lazy())
        if own is not None:
            _put_participants(pl.concat([empty, own.collect()], how="diagonal"), given, tables, words)
    for batch in _batches(given.participants, 2 * tables.size):
        _put_participants(conform("participants", batch.lazy()).collect(), given, tables, words)
    entities = given.entities if given.entities is not None else pl.LazyFrame({"entity_id": []})
    for batch in _batches(entities, 2 * tables.size):
        rows = conform("entities", batch.lazy()).collect()
        tables.entities.spread(rows.with_columns(slot=slots(pl.col("entity_id"), tables.slots)), "slot")


def _put_participants(rows: pl.DataFrame, given: Given, tables: Tables, words: Words) -> None:
    # Without an entity table, capitalised fillers count as names.
    rows = rows if given.entities is not None else fill_names(rows, words)
    tables.participants.spread(_numbered(rows, tables.register, "part"), "part")


def _numbered(rows: pl.DataFrame, register: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows of known mentions, with the number `i` of the mention and columns of the register.

    The mentions are looked up: a join would go through the whole register for every batch.
    """
    known = register["mention_id"]
    rows = rows.with_columns(i=known.search_sorted(rows["mention_id"], "left"))
    rows = rows.filter(pl.col("i") < register.height)
    rows = rows.filter(known[rows["i"]] == rows["mention_id"])
    return rows.with_columns(register.select(columns)[rows["i"]].get_columns())


def _batches(table: pl.LazyFrame, size: int) -> Iterator[pl.DataFrame]:
    """The rows of a table, some at a time; at least one frame."""
    start = 0
    while (batch := table.slice(start, size).collect()).height or not start:
        yield batch
        start += size
