"""Table `quality`: results of the checks and coverage of the run."""

import pandera.polars as pa
import polars as pl

from .base import TableModel


class Quality(TableModel):
    """One row per check and stage; stage `coverage` tells what became of the documents, by language."""

    stage: str = pa.Field(description="Stage of the check, or `coverage`")
    name: str = pa.Field(description="Name of the check or of the counted group")
    lang: str = pa.Field(nullable=True, description="Language counted; null for all")
    rows: pl.Int64 = pa.Field(ge=0, description="Rows or documents looked at")
    failed: pl.Int64 = pa.Field(ge=0, description="Rows that failed, or documents of the group")
    share: pl.Float64 = pa.Field(nullable=True, ge=0, le=1, description="failed / rows; null where rows is 0")

    class Config:
        name = "quality"
