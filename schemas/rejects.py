"""Table `rejects`: what was left out, at which stage and why."""

import pandera.polars as pa

from .base import TableModel


class Rejects(TableModel):
    """One row per rejected document or row, with the reason."""

    stage: str = pa.Field(
        isin=["ingest", "analyse", "extract", "link", "publish"], description="Stage that rejected it"
    )
    table: str = pa.Field(description="Table it would have stood in")
    key: str = pa.Field(description="Source or id of what was rejected")
    reason: str = pa.Field(description="Name of the failed check")
    detail: str = pa.Field(nullable=True, description="What was found and what to do")
    row: str = pa.Field(nullable=True, description="The rejected row as JSON")

    class Config:
        name = "rejects"
