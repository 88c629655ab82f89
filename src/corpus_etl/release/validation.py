"""Validation of all tables of a release together, before it is written."""

from collections.abc import Mapping

import polars as pl

from corpus_etl import schemas
from corpus_etl.errors import CheckFailed

from .tables import conform, reject_rows, validate

_ORDER = ("documents", "entities", "events", "mentions", "participants")
_PLACEHOLDER = "0.0.0"


def validate_tables(tables: Mapping[str, pl.DataFrame], texts: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """All tables in the shape of the contract, without rows that fail a check; those are in `rejects`.

    Checked are the models of the tables, that all offsets reproduce the words in `texts` (doc_id, text), and that
    foreign keys name rows. A row that a rejected row is needed for is rejected with it. `quality` gets one row
    per check.
    """
    good: dict[str, pl.DataFrame] = {}
    rejects, checks = [conform("rejects", tables["rejects"])], [conform("quality", tables["quality"])]
    for name in _ORDER:
        frame = tables[name]
        if name == "events":
            frame = frame.with_columns(first_release=pl.lit(_PLACEHOLDER), last_changed=pl.lit(_PLACEHOLDER))
        result = validate(name, conform(name, frame))
        good[name] = result.rows
        rejects.append(result.rejects)
        checks.append(result.checks)
    located = good["mentions"]
    for name in ("mentions", "participants"):
        good[name], lost, check = split_ungrounded(name, good[name], located, texts)
        rejects.append(lost)
        checks.append(check)
    rejects += _drop_orphans(good)
    good["rejects"] = conform("rejects", pl.concat(rejects))
    good["quality"] = conform("quality", pl.concat([*checks, _row_check(tables, good)]))
    schemas.Rejects.validate(good["rejects"], lazy=True)
    schemas.Quality.validate(good["quality"], lazy=True)
    return good


def split_ungrounded(
    name: str, rows: pl.DataFrame, mentions: pl.DataFrame, texts: pl.DataFrame, stage: str = "publish"
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Split off rows whose offsets do not reproduce their words: (good rows, rejects, quality row).

    `mentions` gives the document of participants; `texts` has doc_id and text.
    """
    located = rows
    if name == "participants":
        located = rows.join(
            mentions.select("mention_id", "doc_id"), on="mention_id", how="left", maintain_order="left"
        )
    grounded = schemas.check_offsets(name, located, texts)
    bad = rows.filter(~grounded)
    rejects = reject_rows(
        stage, name, bad, ["offsets"] * bad.height, ["the source text has other words there"] * bad.height
    )
    return rows.filter(grounded), rejects, _check(stage, f"{name}.offsets", rows.height, bad.height)


def _drop_orphans(good: dict[str, pl.DataFrame]) -> list[pl.DataFrame]:
    """Remove rows whose foreign keys name nothing, and events without mentions, until none is left."""
    rejects: list[pl.DataFrame] = []
    while True:
        failures = schemas.foreign_key_failures(good)
        idle = good["events"].join(good["mentions"], on="event_id", how="anti")
        if failures.is_empty() and idle.is_empty():
            return rejects
        for (name, column, target), group in failures.group_by(
            "table", "column", "target", maintain_order=True
        ):
            table = str(name)
            bad = good[table].filter(pl.col(str(column)).is_in(group["value"].implode()))
            good[table] = good[table].join(
                bad.select(schemas.TABLES[table].key),
                on=schemas.TABLES[table].key,
                how="anti",
                nulls_equal=True,
                maintain_order="left",
            )
            rejects.append(
                reject_rows(
                    "publish",
                    table,
                    bad,
                    [f"{column}.foreign_key"] * bad.height,
                    [f"no row of {target}"] * bad.height,
                )
            )
        if not idle.is_empty():
            good["events"] = good["events"].join(idle, on="event_id", how="anti", maintain_order="left")
            rejects.append(
                reject_rows("publish", "events", idle, ["no_mention"] * idle.height, [None] * idle.height)
            )


def _row_check(before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rows in = rows out + rejected, for every table; raises CheckFailed where rows are lost."""
    rows = []
    rejected = after["rejects"].filter(pl.col("stage") == "publish")
    for name in _ORDER:
        lost = rejected.filter(pl.col("table") == name).height
        if before[name].height != after[name].height + lost:
            raise CheckFailed(
                f"table {name}: {before[name].height} rows in, {after[name].height} out, {lost} rejected"
            )
        rows.append(_check("publish", f"{name}.rows_in_equal_rows_out_and_rejected", before[name].height, 0))
    return pl.concat(rows)


def _check(stage: str, name: str, rows: int, failed: int) -> pl.DataFrame:
    row = {
        "stage": stage,
        "name": name,
        "lang": None,
        "rows": rows,
        "failed": failed,
        "share": failed / rows if rows else None,
    }
    return pl.DataFrame([row], schema=schemas.TABLES["quality"].dtypes)
