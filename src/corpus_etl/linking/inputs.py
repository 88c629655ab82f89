"""The tables that linking takes: brought to the columns and dtypes of the contract, whatever is missing as nulls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from corpus_etl import schemas
from corpus_etl.errors import ConfigurationError

_REQUIRED = {
    "mentions": ("mention_id", "doc_id", "event_type"),
    "participants": ("mention_id", "role"),
    "documents": ("doc_id",),
    "entities": ("entity_id",),
}
OTHER = "given:"
"""Begins the names of columns that are not of the contract while linking works on the tables."""
_LINK_COLUMNS = ("event_id", "link_rule", "link_score", "linked_to")


PARTIES = ("actors", "recipients", "places", "claimed_by", "denied_by")
_CARRIED = {
    "events": ("event_id", "first_release", "first_published", *PARTIES),
    "mentions": ("mention_id", "event_id"),
    "participants": ("mention_id", "role", "start", "text", "entity_id"),
}
"""What ids are carried forward by."""


@dataclass(frozen=True)
class Previous:
    """The release before this one, from which ids are carried forward.

    `events` and `mentions` carry the ids of events; `participants` those of entities without gazetteer key.
    """

    events: pl.DataFrame
    mentions: pl.DataFrame
    participants: pl.DataFrame | None = None
    version: str | None = None

    @classmethod
    def read(cls, scan: Callable[[str], pl.LazyFrame], version: str) -> "Previous":
        """The release whose tables `scan` gives by name, with the columns that linking looks at."""
        events, mentions, participants = (
            table.select(c for c in _CARRIED[name] if c in table.collect_schema()).collect()
            for name in _CARRIED
            for table in [scan(name)]
        )
        return cls(events, mentions, participants, version)


@dataclass(frozen=True)
class Given:
    """The four tables as they are given, read only when and as far as they are needed."""

    mentions: pl.LazyFrame
    participants: pl.LazyFrame
    documents: pl.LazyFrame
    entities: pl.LazyFrame | None


def check(given: Given) -> None:
    """Raise ConfigurationError where a required column is missing."""
    for name, required in _REQUIRED.items():
        table: pl.LazyFrame | None = getattr(given, name)
        columns = required if table is None else table.collect_schema().names()
        missing = [c for c in required if c not in columns]
        if missing:
            raise ConfigurationError(f"{name}: column {', '.join(missing)} is missing")


def conform(name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
    """`frame` with the columns of table `name` first, enumerations as text, others (OTHER) after them; mentions without their links.

    What is missing is null.
    """
    if name == "mentions":
        frame = frame.drop(_LINK_COLUMNS, strict=False)
    given = frame.collect_schema()
    dtypes = {c: _plain(dtype) for c, dtype in schemas.TABLES[name].dtypes.items()}
    if name == "mentions":
        dtypes = {c: dtype for c, dtype in dtypes.items() if c not in _LINK_COLUMNS}
    if name == "mentions" and "amounts" in given:
        frame = frame.with_columns(_amounts(given["amounts"], dtypes["amounts"]))
        given = frame.collect_schema()
    columns = [
        _cast(c, given[c], dtype) if c in given else pl.lit(None, dtype).alias(c)
        for c, dtype in dtypes.items()
    ]
    others = (pl.col(c).alias(f"{OTHER}{c}") for c in given if c not in dtypes)
    conformed = frame.select(*columns, *others)
    if name == "mentions":
        return conformed.with_columns(factuality=pl.col("factuality").fill_null("asserted"))
    return conformed


def _cast(column: str, given: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    """The column as `wanted`; dates may be ISO text. What does not fit becomes null."""
    if wanted == pl.Date and given == pl.String:
        return pl.col(column).str.slice(0, 10).str.to_date(strict=False)
    return pl.col(column).cast(wanted, strict=False)


def own_participants(mentions: pl.LazyFrame) -> pl.LazyFrame | None:
    """Theme and place given as columns of mentions, as participants; null where there are none."""
    given = mentions.collect_schema()
    rows = [
        mentions.filter(pl.col(role).is_not_null()).select(
            "mention_id", role=pl.lit(role), text=pl.col(role).cast(pl.String)
        )
        for role in ("theme", "place")
        if given.get(role) == pl.String
    ]
    return conform("participants", pl.concat(rows)) if rows else None


def _plain(dtype: pl.DataType) -> pl.DataType:
    return pl.String() if isinstance(dtype, pl.Enum) else dtype


def _amounts(given: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    """Amounts with the fields of the contract; a frame of one's own may have fewer."""
    if given == wanted:
        return pl.col("amounts")
    if not isinstance(given, pl.List) or not isinstance(given.inner, pl.Struct):
        return pl.lit(None, wanted).alias("amounts")
    have = {f.name for f in given.inner.fields}
    fields: Mapping[str, pl.DataType] = wanted.inner.to_schema()  # type: ignore[attr-defined]
    element = [
        (pl.element().struct.field(n) if n in have else pl.lit(None)).cast(t, strict=False).alias(n)
        for n, t in fields.items()
    ]
    return pl.col("amounts").list.eval(pl.struct(element))
