"""Tables of a release: made to fit the contract, validated, written in both formats, hashed by content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gzip import GzipFile
from hashlib import sha256
from pathlib import Path

import polars as pl
from pandera.errors import SchemaErrors

from corpus_etl import schemas
from corpus_etl.errors import CheckFailed

from . import names

ROW_GROUP = 122_880
"""Rows per Parquet row group: a multiple of DuckDB's vector size, one thread's work."""
ZSTD_LEVEL = 9
_JSON_SLICE = 50_000
_RELEASE_COLUMNS = ("first_release", "last_changed")
"""Columns that tell of releases, not of events: no part of the content."""


@dataclass(frozen=True)
class Validated:
    """Rows that fit the contract, the others as rejects, and the outcome of each check."""

    rows: pl.DataFrame
    rejects: pl.DataFrame
    checks: pl.DataFrame


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with exactly the columns of table `name`, in order and sorted.

    Values that do not fit an enumeration or dtype become null, for `validate` to reject where the column requires
    a value. Raises CheckFailed where a column is missing: that is an error of a stage, not of a row.
    """
    table = schemas.TABLES[name]
    missing = [column for column in table.dtypes if column not in frame.columns]
    if missing:
        raise CheckFailed(f"table {name}: columns {', '.join(missing)} are missing")
    return frame.select(pl.col(c).cast(dtype, strict=False) for c, dtype in table.dtypes.items()).sort(
        table.sort, nulls_last=True, maintain_order=True
    )


def validate(name: str, frame: pl.DataFrame, stage: str = "publish") -> Validated:
    """Check `frame` (columns of the contract) against the pandera model of table `name`, on its values.

    Rows that fail a check are split off with the name of the first one. Raises CheckFailed where a failure names
    no row.
    """
    table = schemas.TABLES[name]
    schema = table.model.to_schema()
    try:
        table.model.validate(frame, lazy=True)
        failures = None
    except SchemaErrors as error:
        failures = error.failure_cases.with_columns(
            pl.col("check").cast(pl.String), pl.col("column").cast(pl.String)
        )
    if failures is not None and failures["index"].null_count():
        first = failures.filter(pl.col("index").is_null()).row(0, named=True)
        raise CheckFailed(f"table {name}: {first['check']} ({first['failure_case']})")
    labels = [f"{c}.{check.name}" for c, column in schema.columns.items() for check in column.checks]
    labels += [str(check.name) for check in schema.checks]
    if failures is None:
        return Validated(
            frame, schemas.TABLES["rejects"].empty(), _checks(stage, name, labels, frame.height, {})
        )
    by_row = (
        failures.with_columns(
            reason=pl.when(pl.col("schema_context") == "Column")
            .then(pl.concat_str("column", pl.lit("."), pl.col("check").str.replace(r"\(.*", "")))
            .otherwise(pl.col("check"))
        )
        .group_by("index")
        .agg(pl.col("reason").sort().first(), pl.col("failure_case").cast(pl.String).sort().first())
        .sort("index")
    )
    bad = by_row["index"].cast(pl.UInt32)
    numbered = frame.with_row_index("_index")
    rejected = numbered.filter(pl.col("_index").is_in(bad.implode())).drop("_index")
    rows = numbered.filter(~pl.col("_index").is_in(bad.implode())).drop("_index")
    counts = dict(by_row.group_by("reason").len().iter_rows())
    rejects = reject_rows(stage, name, rejected, by_row["reason"].to_list(), by_row["failure_case"].to_list())
    return Validated(rows, rejects, _checks(stage, name, labels, frame.height, counts))


def reject_rows(
    stage: str, name: str, rows: pl.DataFrame, reasons: list[str], details: list[str | None]
) -> pl.DataFrame:
    """Rows of table `name` as rejects."""
    key = schemas.TABLES[name].key[0]
    return pl.DataFrame(
        {
            "stage": [stage] * rows.height,
            "table": [name] * rows.height,
            "key": rows[key].cast(pl.String).fill_null("?"),
            "reason": reasons,
            "detail": details,
            "row": [row.rstrip("\n") for row in _json_lines(rows)],
        },
        schema=schemas.TABLES["rejects"].dtypes,
    )


def _json_lines(rows: pl.DataFrame) -> list[str]:
    return rows.write_ndjson().splitlines() if rows.height else []


def _checks(stage: str, name: str, labels: list[str], rows: int, failed: Mapping[str, int]) -> pl.DataFrame:
    names_ = sorted({*labels, *failed})
    return pl.DataFrame(
        [
            {
                "stage": stage,
                "name": f"{name}.{label}",
                "lang": None,
                "rows": rows,
                "failed": failed.get(label, 0),
                "share": failed.get(label, 0) / rows if rows else None,
            }
            for label in names_
        ],
        schema=schemas.TABLES["quality"].dtypes,
    )


def write_table(folder: Path, name: str, frame: pl.DataFrame, dataset: str) -> None:
    """Write `frame` as Parquet and JSON lines; equal rows give equal bytes with the same polars version."""
    frame.write_parquet(
        folder / names.parquet(name),
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        statistics=True,
        row_group_size=ROW_GROUP,
        arrow_schema=schemas.TABLES[name].arrow_schema(),
        metadata={"dataset": dataset, "table": name, "schema_version": schemas.SCHEMA_VERSION},
    )
    _write_json(folder / names.jsonl(name), frame)


def _write_json(path: Path, frame: pl.DataFrame) -> None:
    """JSON lines in gzip, without time or name in its header. The bytes of polars' own gzip depend on where the chunks of a
    frame end, and so on the number of threads."""
    with path.open("wb") as file, GzipFile("", "wb", 6, file, mtime=0) as packed:
        packed.writelines(_json_parts(frame))


def _json_parts(frame: pl.DataFrame) -> Iterator[bytes]:
    """The rows as JSON lines, a bounded number at a time."""
    return (part.write_ndjson().encode() for part in frame.iter_slices(_JSON_SLICE))


def content_sha256(frame: pl.DataFrame) -> str:
    """Hash of the rows, whatever wrote them: SHA-256 of their JSON lines without the columns that tell of releases."""
    digest = sha256()
    content = frame.drop(c for c in _RELEASE_COLUMNS if c in frame.columns)
    for part in _json_parts(content):
        digest.update(part)
    return digest.hexdigest()
