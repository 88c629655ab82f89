"""Table `mentions`: one row per event mention, with its verbatim evidence."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from .base import TableModel, before, together
from .dtypes import (
    AMOUNTS,
    DATE_BASIS,
    DOC_ID,
    ENTITY_ID,
    EVENT_ID,
    EVENT_TYPE,
    FACTUALITY,
    GRANULARITY,
    MENTION_ID,
)


class Mentions(TableModel):
    """One row per event mention: a trigger in a sentence of a document, and what the text says of the event."""

    mention_id: str = pa.Field(
        unique=True,
        str_matches=MENTION_ID,
        description="Mention id, from doc_id, trigger offsets and event type",
    )
    event_id: str = pa.Field(
        str_matches=EVENT_ID, description="The real-world event that this mention reports"
    )
    doc_id: str = pa.Field(str_matches=DOC_ID, description="Document in which the mention stands")
    sentence_start: pl.Int32 = pa.Field(
        ge=0, description="First code point of the sentence in the source text"
    )
    sentence_end: pl.Int32 = pa.Field(gt=0, description="Code point after the last one of the sentence")
    sentence: str = pa.Field(description="The sentence, verbatim")
    trigger_start: pl.Int32 = pa.Field(ge=0, description="First code point of the trigger in the source text")
    trigger_end: pl.Int32 = pa.Field(gt=0, description="Code point after the last one of the trigger")
    trigger: str = pa.Field(description="The words that name the event, verbatim")
    event_type: EVENT_TYPE = pa.Field(description="Event type; definitions and crosswalk in the codebook")
    factuality: FACTUALITY = pa.Field(
        description="asserted: presented as a fact; negated: as not having happened; planned; possible"
    )
    attribution_entity_id: str = pa.Field(
        nullable=True,
        str_matches=ENTITY_ID,
        description="Entity that asserts the event; null for the narrator",
    )
    attribution_start: pl.Int32 = pa.Field(
        nullable=True, ge=0, description="First code point of the words that name the source"
    )
    attribution_end: pl.Int32 = pa.Field(
        nullable=True, gt=0, description="Code point after the last one of these words"
    )
    attribution: str = pa.Field(
        nullable=True, description="The words that name the source, verbatim; null for the narrator"
    )
    date_start: pl.Date = pa.Field(
        nullable=True,
        description="First day of the interval in which the event happened; null if the text gives none",
    )
    date_end: pl.Date = pa.Field(
        nullable=True, description="Day after the last day of that interval (closed-open)"
    )
    date_granularity: GRANULARITY = pa.Field(nullable=True, description="How exact the date is")
    date_basis: DATE_BASIS = pa.Field(
        description="explicit: absolute date in the text; relative: resolved against the document or another date; carried: "
        "taken from an earlier sentence of the paragraph; none"
    )
    date_text: str = pa.Field(nullable=True, description="The words that give the date, verbatim")
    date_text_start: pl.Int32 = pa.Field(nullable=True, ge=0, description="First code point of these words")
    date_text_end: pl.Int32 = pa.Field(
        nullable=True, gt=0, description="Code point after the last one of these words"
    )
    amounts: AMOUNTS = pa.Field(
        description="Amounts of the event: value or low and high, currency (ISO 4217) or unit, verbatim text and its offsets"
    )
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Probability that the mention is right, 0 to 1")
    extractor: str = pa.Field(description="Name and version of the extractor")
    rule: str = pa.Field(description="The rule of the language pack that found the mention")
    link_rule: str = pa.Field(
        nullable=True, description="Why the mention was linked to its event; null for the founding mention"
    )
    link_score: pl.Float64 = pa.Field(
        nullable=True, ge=0, le=1, description="Score of the link, 0 to 1; null for the founding mention"
    )
    linked_to: str = pa.Field(
        nullable=True,
        str_matches=MENTION_ID,
        description="The mention to which it was linked; null for the founding mention",
    )

    @pa.dataframe_check(description="the trigger lies inside its sentence")
    def trigger_in_sentence(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            (pl.col("sentence_start") <= pl.col("trigger_start"))
            & (pl.col("trigger_start") < pl.col("trigger_end"))
            & (pl.col("trigger_end") <= pl.col("sentence_end"))
        )

    @pa.dataframe_check(description="the sentence holds the trigger at its offsets")
    def trigger_verbatim(cls, data: PolarsData) -> pl.LazyFrame:
        offset = pl.col("trigger_start") - pl.col("sentence_start")
        length = pl.col("trigger_end") - pl.col("trigger_start")
        return data.lazyframe.select(pl.col("sentence").str.slice(offset, length) == pl.col("trigger"))

    @pa.dataframe_check(description="date_start lies before date_end")
    def date_interval(cls, data: PolarsData) -> pl.LazyFrame:
        return before(data, "date_start", "date_end")

    @pa.dataframe_check(
        description="a date has its words, basis and granularity; without a date there are none"
    )
    def date_with_evidence(cls, data: PolarsData) -> pl.LazyFrame:
        dated = pl.col("date_start").is_not_null()
        complete = (
            pl.col("date_text").is_not_null()
            & pl.col("date_text_start").is_not_null()
            & pl.col("date_granularity").is_not_null()
            & (pl.col("date_basis") != "none")
        )
        return data.lazyframe.select(pl.when(dated).then(complete).otherwise(pl.col("date_basis") == "none"))

    @pa.dataframe_check(description="an attribution has its words and both offsets")
    def attribution_with_evidence(cls, data: PolarsData) -> pl.LazyFrame:
        return together(data, "attribution", "attribution_start", "attribution_end")

    class Config:
        name = "mentions"
