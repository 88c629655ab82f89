"""The data contract: one pandera model per table, event types with crosswalks, cross-table checks.

Everything published about columns (Parquet field metadata, JSON, the data card, validation) derives from the
models here. `SCHEMA_VERSION` rises when a column, enum value, key or meaning changes.
"""

from .changes import Changes
from .checks import check_offsets, foreign_key_failures
from .documents import Documents
from .entities import Entities
from .event_types import EVENT_TYPES, event_types
from .events import Events
from .mentions import Mentions
from .participants import Participants
from .quality import Quality
from .registry import SCHEMA_VERSION, TABLES, ForeignKey, Table
from .rejects import Rejects

__all__ = [
    "EVENT_TYPES",
    "SCHEMA_VERSION",
    "TABLES",
    "Changes",
    "Documents",
    "Entities",
    "Events",
    "ForeignKey",
    "Mentions",
    "Participants",
    "Quality",
    "Rejects",
    "Table",
    "check_offsets",
    "event_types",
    "foreign_key_failures",
]
