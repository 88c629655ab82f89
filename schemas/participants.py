"""Table `participants`: who and what takes part in a mention, in which role."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from .base import TableModel, before
from .dtypes import ENTITY_ID, MENTION_ID, RESOLUTION, ROLE


class Participants(TableModel):
    """One row per mention, role and filler."""

    mention_id: str = pa.Field(str_matches=MENTION_ID, description="The event mention")
    role: ROLE = pa.Field(
        description="actor: who does it; recipient: to whom, against whom, with whom; theme: what it is about; place"
    )
    entity_id: str = pa.Field(
        nullable=True, str_matches=ENTITY_ID, description="The entity; null where the filler is not an entity"
    )
    text: str = pa.Field(description="The words that name the filler, verbatim")
    start: pl.Int32 = pa.Field(ge=0, description="First code point of these words in the source text")
    end: pl.Int32 = pa.Field(gt=0, description="Code point after the last one of these words")
    resolution: RESOLUTION = pa.Field(description="How the words were resolved to the entity")

    @pa.dataframe_check(description="start lies before end")
    def span(cls, data: PolarsData) -> pl.LazyFrame:
        return before(data, "start", "end")

    class Config:
        name = "participants"
        unique = ["mention_id", "role", "entity_id", "start", "end"]  # noqa: RUF012
