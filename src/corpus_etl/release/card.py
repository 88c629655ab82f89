"""The data card of a release: README.md for people, with the head that dataset loaders read."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import yaml

from corpus_etl import schemas

from . import names

_LOAD = """## Load

```sql
-- DuckDB
SELECT label, n_sources FROM 'events.parquet' ORDER BY n_sources DESC;
```

```python
import pandas as pd
events = pd.read_parquet("events.parquet", dtype_backend="pyarrow")
```

```python
import polars as pl
events = pl.read_parquet("events.parquet")
```
"""

_CHECK = """## Check

`sha256sum -c SHA256SUMS` proves that the files are the published ones. Every row of `mentions` and `participants`
holds the words of its source with their offsets (Unicode code points, end exclusive) into the document as decoded
with `documents.encoding`; `corpus-etl verify . --corpus FOLDER` compares them all, and
`corpus-etl evidence EVENT_ID` shows them in their sentences.

## Read with care

- The texts themselves are not part of the release: get them from their publishers under their terms.
- Rows are made by rules and a statistical model, not by people; `confidence` says how sure they are.
- `factuality` and `attribution` belong to the statement: an event that is only claimed, denied or planned is a row, too.
- A date that the text does not give is null; it is never filled with the publication date.
"""


def card(manifest: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> str:
    """The data card of a release from its manifest and tables."""
    title = f"# {manifest['dataset']} {manifest['version']}"
    intro = (
        f"{manifest['rows']['events']} events of {manifest['rows']['documents']} documents: who did what to whom, when, "
        f"how much, who says so, with the exact words that prove it. Created {manifest['created']}, schema "
        f"{manifest['schema_version']}, "
        + (f"parent {manifest['parent']}." if manifest["parent"] else "first release.")
    )
    parts = [
        _head(manifest),
        title,
        intro,
        _LOAD,
        _tables(manifest),
        _types(tables["events"]),
        _coverage(tables["quality"]),
    ]
    return "\n".join([*parts, _columns(), _CHECK])


def template() -> str:
    """The fixed text of the card."""
    return _LOAD + _CHECK


def _head(manifest: Mapping[str, Any]) -> str:
    head: dict[str, Any] = {"language": sorted(manifest["models"])}
    if manifest["licence"]:
        head["license"] = manifest["licence"].lower()
    head["configs"] = [
        {
            "config_name": name,
            "data_files": names.parquet(name),
            **({"default": True} if name == "events" else {}),
        }
        for name in schemas.TABLES
    ]
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n"


def _tables(manifest: Mapping[str, Any]) -> str:
    lines = [
        "## Tables",
        "",
        "Each as `<table>.parquet` and, with the same rows in the same order, `<table>.jsonl.gz`.",
        "",
    ]
    lines += ["| table | rows | a row is |", "|---|---:|---|"]
    for name, table in schemas.TABLES.items():
        lines.append(f"| {name} | {manifest['rows'][name]} | {table.description.splitlines()[0]} |")
    return "\n".join([*lines, ""])


def _types(events: pl.DataFrame) -> str:
    counts = (
        events.group_by(pl.col("event_type").cast(pl.String))
        .len()
        .sort(["len", "event_type"], descending=[True, False])
    )
    lines = ["## Event types", "", "| event type | events |", "|---|---:|"]
    return "\n".join([*lines, *(f"| {name} | {n} |" for name, n in counts.iter_rows()), ""])


def _coverage(quality: pl.DataFrame) -> str:
    rows = quality.filter(pl.col("stage") == "coverage").sort("name", "lang", nulls_last=False)
    lines = ["## Coverage", "", "| documents | language | number |", "|---|---|---:|"]
    for row in rows.iter_rows(named=True):
        lines.append(
            f"| {row['name'].replace('_', ' ')} | {row['lang'] or 'all'} | {row['failed']} of {row['rows']} |"
        )
    return "\n".join([*lines, ""])


def _columns() -> str:
    lines = ["## Columns", ""]
    for name, table in schemas.TABLES.items():
        lines += [f"### {name}", "", "| column | type | meaning |", "|---|---|---|"]
        for column, dtype in table.dtypes.items():
            text = table.descriptions[column].replace("|", "\\|")
            lines.append(f"| {column} | {_type(dtype)} | {text} |")
        lines.append("")
    return "\n".join(lines)


def _type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        return "text, one of a list"
    if isinstance(dtype, pl.List):
        return f"list of {_type(dtype.inner)}"  # type: ignore[arg-type]
    if isinstance(dtype, pl.Struct):
        return "struct of " + ", ".join(field.name for field in dtype.fields)
    plain = {"String": "text", "Float64": "number", "Date": "date"}
    return plain.get(str(dtype), "whole number" if dtype.is_integer() else str(dtype).lower())
