"""Checks over several tables: foreign keys, and offsets that reproduce the source text."""

from collections.abc import Mapping

import polars as pl

from .registry import TABLES

_SPANS = {
    "mentions": (
        ("sentence", "sentence_start", "sentence_end"),
        ("trigger", "trigger_start", "trigger_end"),
        ("attribution", "attribution_start", "attribution_end"),
        ("date_text", "date_text_start", "date_text_end"),
    ),
    "participants": (("text", "start", "end"),),
}


def foreign_key_failures(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The values that name no row: columns table, column, value, target (`table.column`)."""
    failures = []
    for name, frame in tables.items():
        for key in TABLES[name].foreign_keys:
            if key.table not in tables:
                continue
            known = tables[key.table].select(pl.col(key.target).alias(key.column))
            failures.append(
                frame.select(pl.col(key.column).drop_nulls())
                .unique()
                .join(known, on=key.column, how="anti")
                .select(
                    table=pl.lit(name),
                    column=pl.lit(key.column),
                    value=pl.col(key.column),
                    target=pl.lit(f"{key.table}.{key.target}"),
                )
            )
    schema = {"table": pl.String, "column": pl.String, "value": pl.String, "target": pl.String}
    return pl.concat(failures).sort("table", "column", "value") if failures else pl.DataFrame(schema=schema)


def check_offsets(name: str, rows: pl.DataFrame, texts: pl.DataFrame) -> pl.Series:
    """For each row of `mentions` or `participants`: do all its offsets reproduce its words?

    `rows` needs doc_id (join it for participants); `texts` has doc_id and text, the source text as decoded.
    Rows of unknown documents fail. The amounts of mentions are checked, too. Nulls pass.
    """
    joined = rows.join(
        texts.select("doc_id", source_text="text"), on="doc_id", how="left", maintain_order="left"
    )
    source = pl.col("source_text")
    right = source.is_not_null()
    for words, start, end in _SPANS[name]:
        slice_ = source.str.slice(pl.col(start), pl.col(end) - pl.col(start))
        right = right & (pl.col(words).is_null() | (slice_ == pl.col(words)).fill_null(False))
    result = joined.select(right.fill_null(False))[:, 0]
    if name == "mentions" and rows.height:
        amounts = (
            joined.with_row_index("_row")
            .select("_row", "source_text", "amounts")
            .explode("amounts")
            .filter(pl.col("amounts").is_not_null())
            .unnest("amounts")
            .select(
                "_row",
                right=source.str.slice(pl.col("start"), pl.col("end") - pl.col("start")) == pl.col("text"),
            )
            .filter(~pl.col("right").fill_null(False))
        )
        wrong = set(amounts["_row"])
        result = pl.Series([ok and i not in wrong for i, ok in enumerate(result)], dtype=pl.Boolean)
    return result.alias("grounded")
