"""Event rows: what the mentions of an event say together."""

import polars as pl

from corpus_etl import schemas

from .dates import best_dates
from .votes import FILLERS, amounts_by_vote, conflicts, parties_by_vote, sources

_FACTUALITY = ("asserted", "negated", "planned", "possible")
_MOST_CERTAIN = 0.99
_SHOWN = 3
_MENTIONS = (
    "event_id",
    "mention_id",
    "doc_id",
    "event_type",
    "factuality",
    "attribution_entity_id",
    "attribution",
    "date_start",
    "date_end",
    "date_granularity",
    "date_basis",
    "amounts",
    "confidence",
)


def voters(mentions: pl.DataFrame) -> pl.DataFrame:
    """What of mentions the rows of events are made from."""
    return mentions.select(_MENTIONS)


def fillers(participants: pl.DataFrame) -> pl.DataFrame:
    """What of participants the rows of events are made from, with the number `i` of their mentions."""
    return participants.filter(pl.col("role").is_in(FILLERS)).select(
        "i", "mention_id", "role", "entity_id", "text", "resolution"
    )


def event_rows(
    mentions: pl.DataFrame,
    participants: pl.DataFrame,
    documents: pl.DataFrame,
    entities: pl.DataFrame,
    event_types: pl.DataFrame,
) -> pl.DataFrame:
    """Rows of the `events` table of the contract from all mentions of some events, sorted by event_id; release columns are null.

    `mentions` and `participants` are those of `voters` and `fillers`; entity ids are global. Votes count independent documents: copies
    count once.
    """
    m = _with_documents(mentions, documents)
    dates = best_dates(m)
    counts = _counts(m)
    parties = parties_by_vote(m, participants, entities)
    amounts = amounts_by_vote(m)
    events = (
        counts.join(dates.drop("conflict"), on="event_id", how="left")
        .join(parties, on="event_id", how="left")
        .join(amounts.drop("conflict"), on="event_id", how="left")
        .join(sources(m, entities), on="event_id", how="left")
        .join(conflicts(m, participants, dates, amounts, entities), on="event_id", how="left")
        .join(
            event_types.select("event_type", "plover", "plover_mode", "cameo_root", "ace_ere"),
            on="event_type",
            how="left",
        )
    )
    lists = ("actors", "recipients", "places", "amounts", "claimed_by", "denied_by")
    dtypes = schemas.TABLES["events"].dtypes
    events = events.with_columns(pl.col(c).fill_null(pl.lit([], dtypes[c])) for c in lists)
    events = events.with_columns(
        label=_label(), first_release=pl.lit(None, pl.String), last_changed=pl.lit(None, pl.String)
    )
    return events.select(pl.col(c).cast(t, strict=False) for c, t in dtypes.items()).sort("event_id")


def _with_documents(mentions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Mentions with their publication and `kept`, the document that a copy is a copy of."""
    d = documents.select(
        "doc_id",
        "published_start",
        kept=pl.coalesce("duplicate_of", "doc_id"),
    )
    return mentions.join(d, on="doc_id", how="left", maintain_order="left").with_columns(
        kept=pl.coalesce("kept", "doc_id")
    )


def _counts(m: pl.DataFrame) -> pl.DataFrame:
    """Type, factuality, numbers, publication and confidence of each event."""
    types = (
        m.group_by("event_id", "event_type")
        .agg(n=pl.len())
        .sort("n", "event_type", descending=[True, False])
        .unique("event_id", keep="first", maintain_order=True)
        .select("event_id", "event_type")
    )
    by_source = m.group_by("event_id", "kept").agg(best=pl.col("confidence").max()).sort("event_id", "kept")
    confidence = by_source.group_by("event_id").agg(
        confidence=(1 - (1 - pl.col("best")).product())
        .clip(upper_bound=pl.max_horizontal(pl.col("best").max(), _MOST_CERTAIN))
        .round(6),
        unknown=pl.col("best").is_null().all(),
    )
    numbers = m.group_by("event_id").agg(
        *((pl.col("factuality") == f).sum().cast(pl.Int32).alias(f) for f in _FACTUALITY),
        n_mentions=pl.len().cast(pl.Int32),
        n_documents=pl.col("doc_id").n_unique().cast(pl.Int32),
        n_sources=pl.col("kept").n_unique().cast(pl.Int32),
        first_published=pl.col("published_start").min(),
        last_published=pl.col("published_start").max(),
    )
    return (
        numbers.with_columns(factuality=_summary(), factuality_counts=pl.struct(_FACTUALITY))
        .drop(_FACTUALITY)
        .join(types, on="event_id")
        .join(confidence, on="event_id")
        .with_columns(confidence=pl.when("unknown").then(None).otherwise("confidence"))
    )


def _summary() -> pl.Expr:
    """Asserted where at least as many mentions assert as deny it; else denied, planned or possible, as most say."""
    others = pl.max_horizontal("planned", "possible")
    return (
        pl.when((pl.col("asserted") > 0) & (pl.col("asserted") >= pl.col("negated")))
        .then(pl.lit("asserted"))
        .when((pl.col("negated") > 0) & (pl.col("negated") >= others))
        .then(pl.lit("negated"))
        .when(pl.col("possible") > pl.col("planned"))
        .then(pl.lit("possible"))
        .otherwise(pl.lit("planned"))
    )


def _label() -> pl.Expr:
    """« Elon Musk → OpenAI · justice.sue · 2024-02-29 »."""
    who = pl.concat_str(
        _names("actors"),
        pl.when(pl.col("recipients").list.len() > 0).then(pl.concat_str(pl.lit("→ "), _names("recipients"))),
        separator=" ",
        ignore_nulls=True,
    )
    where = pl.when(who == "").then(_names("places")).otherwise(who)
    what = pl.concat_str(
        pl.when(where != "").then(where),
        pl.col("event_type").cast(pl.String),
        _date_text(),
        separator=" · ",
        ignore_nulls=True,
    )
    return (
        pl.when(pl.col("factuality") == "asserted")
        .then(what)
        .otherwise(pl.concat_str(what, pl.lit(" ("), "factuality", pl.lit(")")))
    )


def _names(column: str) -> pl.Expr:
    names = pl.col(column).list.eval(pl.element().struct.field("name"))
    more = pl.col(column).list.len().cast(pl.Int64) - _SHOWN
    shown = names.list.head(_SHOWN).list.join(", ")
    text = pl.when(more > 0).then(pl.concat_str(shown, pl.lit(" + "), more.cast(pl.String))).otherwise(shown)
    return pl.when(names.list.len() > 0).then(text)


def _date_text() -> pl.Expr:
    start, last = pl.col("date_start"), pl.col("date_end").dt.offset_by("-1d")
    return (
        pl.when(start.is_null())
        .then(None)
        .when((last == start) | pl.col("date_end").is_null())
        .then(start.dt.to_string("%Y-%m-%d"))
        .when(pl.col("date_granularity") == "month")
        .then(start.dt.to_string("%Y-%m"))
        .when(pl.col("date_granularity") == "year")
        .then(start.dt.to_string("%Y"))
        .otherwise(pl.concat_str(start.dt.to_string("%Y-%m-%d"), pl.lit(".."), last.dt.to_string("%Y-%m-%d")))
    )
