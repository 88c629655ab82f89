"""The frames that linking takes: brought to the columns and dtypes of the contract, whatever is missing as nulls."""

from collections.abc import Mapping
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
_LINK_COLUMNS = ("event_id", "link_rule", "link_score", "linked_to")


@dataclass(frozen=True)
class Previous:
    """The release before this one, from which ids are carried forward.

    `events` and `mentions` carry the ids of events; `participants` those of entities without gazetteer key.
    """

    events: pl.DataFrame
    mentions: pl.DataFrame
    participants: pl.DataFrame | None = None
    version: str | None = None


@dataclass(frozen=True)
class Inputs:
    """The four frames, conformed and sorted by id, so that the order of rows does not matter.

    `named` tells whether an entity table was given; without one, capitalised fillers count as names.
    """

    mentions: pl.DataFrame
    participants: pl.DataFrame
    documents: pl.DataFrame
    entities: pl.DataFrame
    named: bool


def conform(
    mentions: pl.DataFrame,
    participants: pl.DataFrame,
    documents: pl.DataFrame,
    entities: pl.DataFrame | None,
) -> Inputs:
    """Check and complete the frames; raises ConfigurationError where a required column or an id is missing."""
    m = _conform("mentions", mentions.drop(_LINK_COLUMNS, strict=False)).drop(_LINK_COLUMNS)
    p = _conform("participants", pl.concat([participants, *_own_columns(mentions)], how="diagonal_relaxed"))
    d = _conform("documents", documents)
    e = _conform("entities", entities if entities is not None else pl.DataFrame({"entity_id": []}))
    if m["mention_id"].n_unique() != m.height:
        raise ConfigurationError("mentions: a mention_id occurs twice")
    m = m.with_columns(factuality=pl.col("factuality").fill_null("asserted")).sort("mention_id")
    p = p.join(m.select("mention_id"), on="mention_id", how="semi").sort(
        "mention_id", "role", "start", "end", "entity_id", "text", nulls_last=True
    )
    return Inputs(m, p, d.unique("doc_id", keep="first", maintain_order=True), e, entities is not None)


def _conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with the columns of table `name` first, enumerations as text, others after them."""
    missing = [c for c in _REQUIRED[name] if c not in frame.columns]
    if missing:
        raise ConfigurationError(f"{name}: column {', '.join(missing)} is missing")
    dtypes = {c: _plain(dtype) for c, dtype in schemas.TABLES[name].dtypes.items()}
    if name == "mentions" and "amounts" in frame.columns:
        frame = frame.with_columns(_amounts(frame.schema["amounts"], dtypes["amounts"]))
    given = [
        _cast(c, frame.schema[c], dtype) if c in frame.columns else pl.lit(None, dtype).alias(c)
        for c, dtype in dtypes.items()
    ]
    others = [c for c in frame.columns if c not in dtypes]
    return frame.select(*given, *others)


def _cast(column: str, given: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    """The column as `wanted`; dates may be ISO text. What does not fit becomes null."""
    if wanted == pl.Date and given == pl.String:
        return pl.col(column).str.slice(0, 10).str.to_date(strict=False)
    return pl.col(column).cast(wanted, strict=False)


def _own_columns(mentions: pl.DataFrame) -> list[pl.DataFrame]:
    """Theme and place given as columns of mentions, as participants."""
    return [
        mentions.filter(pl.col(role).is_not_null()).select(
            "mention_id", role=pl.lit(role), text=pl.col(role).cast(pl.String)
        )
        for role in ("theme", "place")
        if role in mentions.columns and mentions.schema[role] == pl.String
    ]


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
