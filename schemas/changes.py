"""Table `changes`: what differs from the previous release."""

import pandera.polars as pa

from .base import TableModel
from .dtypes import CHANGE, EVENT_ID


class Changes(TableModel):
    """One row per event and changed column against the parent release."""

    event_id: str = pa.Field(str_matches=EVENT_ID, description="The event")
    change: CHANGE = pa.Field(description="added | changed | withdrawn | merged_into | split_from")
    column: str = pa.Field(nullable=True, description="Changed column; null for whole rows")
    old: str = pa.Field(nullable=True, description="Value in the previous release as JSON")
    new: str = pa.Field(nullable=True, description="Value in this release as JSON")
    other_event_id: str = pa.Field(
        nullable=True, str_matches=EVENT_ID, description="Event it was merged into or split from"
    )

    class Config:
        name = "changes"
