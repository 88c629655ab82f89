"""Table `events`: one row per real-world event."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from .base import TableModel, before
from .dtypes import (
    AMOUNTS,
    CONFLICTING,
    EVENT_ID,
    EVENT_TYPE,
    FACTUALITY,
    FACTUALITY_COUNTS,
    GRANULARITY,
    PARTIES,
)


class Events(TableModel):
    """One row per real-world event, with what its mentions say together."""

    event_id: str = pa.Field(
        unique=True,
        str_matches=EVENT_ID,
        description="Event id, minted from the founding mention and kept across releases",
    )
    event_type: EVENT_TYPE = pa.Field(description="Event type")
    plover: str = pa.Field(nullable=True, description="PLOVER event type; null where it has none")
    plover_mode: str = pa.Field(nullable=True, description="PLOVER mode; null where it has none")
    cameo_root: str = pa.Field(
        nullable=True, str_matches=r"^\d\d$", description="CAMEO root code as text; null where it has none"
    )
    ace_ere: str = pa.Field(nullable=True, description="ACE 2005 or Rich ERE type; null where they have none")
    date_start: pl.Date = pa.Field(
        nullable=True, description="First day of the best date; null if no mention gives one"
    )
    date_end: pl.Date = pa.Field(
        nullable=True, description="Day after the last day of the best date (closed-open)"
    )
    date_granularity: GRANULARITY = pa.Field(nullable=True, description="How exact the best date is")
    actors: PARTIES = pa.Field(description="Who did it: entity_id (null where not an entity) and name")
    recipients: PARTIES = pa.Field(description="To whom, against whom or with whom")
    places: PARTIES = pa.Field(description="Where it happened")
    amounts: AMOUNTS = pa.Field(
        description="Amounts of the event, as most of its mentions give them; text and offsets of the best mention"
    )
    factuality: FACTUALITY = pa.Field(description="Summary over the mentions")
    factuality_counts: FACTUALITY_COUNTS = pa.Field(description="Number of mentions by factuality")
    claimed_by: PARTIES = pa.Field(description="Sources to which the documents attribute the event")
    denied_by: PARTIES = pa.Field(description="Sources that deny it")
    conflicting: CONFLICTING = pa.Field(
        nullable=True, description="Fields on which mentions disagree, with the values; null where none"
    )
    n_mentions: pl.Int32 = pa.Field(ge=1, description="Mentions of the event")
    n_documents: pl.Int32 = pa.Field(ge=1, description="Documents with a mention")
    n_sources: pl.Int32 = pa.Field(ge=1, description="Independent documents: duplicates counted once")
    first_published: pl.Date = pa.Field(
        nullable=True, description="First publication day of these documents; null if none is dated"
    )
    last_published: pl.Date = pa.Field(
        nullable=True, description="Last publication day of these documents; null if none is dated"
    )
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Probability that the event is right, 0 to 1")
    label: str = pa.Field(description="A short line for people")
    first_release: str = pa.Field(
        str_matches=r"^\d+\.\d+\.\d+$", description="Version in which the event first appeared"
    )
    last_changed: str = pa.Field(
        str_matches=r"^\d+\.\d+\.\d+$", description="Version in which its row last changed"
    )

    @pa.dataframe_check(description="date_start lies before date_end")
    def date_interval(cls, data: PolarsData) -> pl.LazyFrame:
        return before(data, "date_start", "date_end")

    @pa.dataframe_check(description="sources, documents and mentions are ordered in number")
    def counts(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            (pl.col("n_sources") <= pl.col("n_documents")) & (pl.col("n_documents") <= pl.col("n_mentions"))
        )

    class Config:
        name = "events"
