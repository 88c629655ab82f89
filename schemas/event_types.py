"""The event types and their crosswalk to PLOVER, CAMEO and ACE/Rich ERE, read from `event_types.csv`."""

from functools import cache
from pathlib import Path

import polars as pl

_FILE = Path(__file__).with_name("event_types.csv")


@cache
def event_types() -> pl.DataFrame:
    """The 63 event types, one row each, sorted by name.

    Columns (all strings, empty cells null): event_type, definition, actor_is, recipient_is, ace_ere, plover,
    plover_mode, cameo_root. CAMEO roots are text: `01` and `1` differ.
    """
    return pl.read_csv(_FILE, infer_schema=False).sort("event_type")


EVENT_TYPES: tuple[str, ...] = tuple(event_types()["event_type"])
