"""The tables of a release: model, key, sort order and foreign keys of each."""

from dataclasses import dataclass

import polars as pl
import pyarrow as pa
from pandera.polars import DataFrameModel

from .changes import Changes
from .documents import Documents
from .entities import Entities
from .events import Events
from .mentions import Mentions
from .participants import Participants
from .quality import Quality
from .rejects import Rejects

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True)
class ForeignKey:
    """`column` of one table names a row of `table` by `target`; nulls name nothing."""

    column: str
    table: str
    target: str


@dataclass(frozen=True)
class Table:
    """One published table."""

    name: str
    model: type[DataFrameModel]
    key: tuple[str, ...]
    sort: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def description(self) -> str:
        """What a row of the table is."""
        return (self.model.__doc__ or "").strip()

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """Column names and polars dtypes, in published order."""
        return {name: column.dtype.type for name, column in self.model.to_schema().columns.items()}

    @property
    def descriptions(self) -> dict[str, str]:
        """Column names and what the columns mean."""
        return {name: column.description or "" for name, column in self.model.to_schema().columns.items()}

    def empty(self) -> pl.DataFrame:
        """The table without rows."""
        return pl.DataFrame(schema=self.dtypes)

    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema with descriptions as field metadata and required columns not nullable."""
        columns = self.model.to_schema().columns
        fields = [
            field.with_nullable(columns[field.name].nullable).with_metadata(
                {"description": columns[field.name].description or ""}
            )
            for field in self.empty().to_arrow().schema
        ]
        return pa.schema(fields)


_TABLES = (
    Table(
        "documents", Documents, ("doc_id",), ("doc_id",), (ForeignKey("duplicate_of", "documents", "doc_id"),)
    ),
    Table("entities", Entities, ("entity_id",), ("entity_id",)),
    Table("events", Events, ("event_id",), ("event_type", "date_start", "event_id")),
    Table(
        "mentions",
        Mentions,
        ("mention_id",),
        ("doc_id", "trigger_start", "trigger_end", "event_type", "mention_id"),
        (
            ForeignKey("event_id", "events", "event_id"),
            ForeignKey("doc_id", "documents", "doc_id"),
            ForeignKey("attribution_entity_id", "entities", "entity_id"),
            ForeignKey("linked_to", "mentions", "mention_id"),
        ),
    ),
    Table(
        "participants",
        Participants,
        ("mention_id", "role", "entity_id", "start", "end"),
        ("mention_id", "role", "start", "end", "entity_id"),
        (
            ForeignKey("mention_id", "mentions", "mention_id"),
            ForeignKey("entity_id", "entities", "entity_id"),
        ),
    ),
    Table(
        "rejects",
        Rejects,
        ("stage", "table", "key", "reason"),
        ("stage", "table", "key", "reason", "detail", "row"),
    ),
    Table(
        "changes",
        Changes,
        ("event_id", "change", "column", "other_event_id"),
        ("event_id", "change", "column", "other_event_id", "new"),
    ),
    Table("quality", Quality, ("stage", "name", "lang"), ("stage", "name", "lang")),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
