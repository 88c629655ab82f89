"""Counts of a run: rows in, out and rejected per stage, and the coverage of the corpus."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from corpus_etl import schemas
from corpus_etl.errors import CheckFailed


def stage_row(stage: str, rows_in: int, rows_out: int, rejected: int) -> dict[str, Any]:
    """Counts of a stage; raises CheckFailed where rows in differ from rows out and rejected together."""
    if rows_in != rows_out + rejected:
        raise CheckFailed(
            f"stage {stage}: {rows_in} rows in, {rows_out} out, {rejected} rejected: rows are lost"
        )
    return {"stage": stage, "rows_in": rows_in, "rows_out": rows_out, "rejected": rejected}


def coverage(documents: pl.DataFrame, rejects: pl.DataFrame, languages: Sequence[str]) -> pl.DataFrame:
    """Coverage rows of table `quality`: what became of the documents, all and by language."""
    rejected = rejects.filter(pl.col("stage") == "ingest").height
    total = documents.height + rejected
    rows = [
        _row("documents", None, total, documents.height),
        _row("documents_rejected", None, total, rejected),
    ]
    groups: list[tuple[str | None, pl.DataFrame]] = [(None, documents)]
    groups += sorted((str(lang), group) for (lang,), group in documents.group_by("lang"))
    for lang, group in groups:
        extracted = pl.col("lang").is_in(list(languages))
        rows += [
            _row("documents_with_events", lang, group.height, group.filter(pl.col("n_mentions") > 0).height),
            _row(
                "documents_without_events",
                lang,
                group.height,
                group.filter(extracted & (pl.col("n_mentions") == 0)).height,
            ),
            _row(
                "documents_in_other_languages",
                lang,
                group.height,
                group.filter(~extracted.fill_null(False)).height,
            ),
            _row(
                "documents_that_are_duplicates",
                lang,
                group.height,
                group.filter(pl.col("duplicate_of").is_not_null()).height,
            ),
        ]
    return pl.DataFrame(rows, schema=schemas.TABLES["quality"].dtypes)


def _row(name: str, lang: str | None, rows: int, counted: int) -> dict[str, Any]:
    return {
        "stage": "coverage",
        "name": name,
        "lang": lang,
        "rows": rows,
        "failed": counted,
        "share": counted / rows if rows else None,
    }
