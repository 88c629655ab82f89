"""Table `entities`: persons, organizations, places and other participants with an identity."""

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from .base import TableModel, before
from .dtypes import ENTITY_ID, ENTITY_KIND, STRINGS


class Entities(TableModel):
    """One row per entity that takes part in an event or asserts one."""

    entity_id: str = pa.Field(
        unique=True,
        str_matches=ENTITY_ID,
        description="Entity id, from its gazetteer key or its founding mention",
    )
    name: str = pa.Field(description="Canonical name")
    kind: ENTITY_KIND = pa.Field(description="Kind of entity")
    aliases: STRINGS = pa.Field(description="Other names under which the documents mention it")
    wikidata_id: str = pa.Field(
        nullable=True,
        str_matches=r"^Q[1-9]\d*$",
        description="Wikidata item; null where not known with certainty",
    )
    n_mentions: pl.Int32 = pa.Field(
        ge=0, description="Event mentions in which the entity has a role or is the source"
    )
    n_documents: pl.Int32 = pa.Field(ge=0, description="Documents of these mentions")
    first_published: pl.Date = pa.Field(
        nullable=True, description="First publication day of these documents; null if none is dated"
    )
    last_published: pl.Date = pa.Field(
        nullable=True, description="Last publication day of these documents; null if none is dated"
    )

    @pa.dataframe_check(description="first_published does not lie after last_published")
    def published_order(cls, data: PolarsData) -> pl.LazyFrame:
        return before(data, "first_published", "last_published", empty=True)

    class Config:
        name = "entities"
