"""quality.json of a release: the outcome of every check, and scores against annotated documents."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from corpus_etl.evaluation import read_gold, read_predictions, score

from .files import file_sha256

_TABLES = ("documents", "mentions", "participants", "entities")


def describe_quality(tables: Mapping[str, pl.DataFrame], gold: Sequence[Path]) -> dict[str, Any]:
    """Checks, coverage and, where `gold` names annotations, scores on the annotated documents of the release.

    The annotations are named by file and SHA-256. Raises ConfigurationError where a file is no annotation.
    """
    rows = tables["quality"].drop("lang").filter(pl.col("stage") != "coverage").to_dicts()
    coverage = tables["quality"].filter(pl.col("stage") == "coverage").drop("stage").to_dicts()
    return {"checks": rows, "coverage": coverage, "evaluation": _evaluate(tables, gold) if gold else None}


def _evaluate(tables: Mapping[str, pl.DataFrame], gold: Sequence[Path]) -> dict[str, Any]:
    stems = {Path(source).name.removesuffix(".txt") for source in tables["documents"]["source"]}
    annotated = {name: mentions for name, mentions in read_gold(list(gold)).items() if name in stems}
    files = [{"name": path.name, "folder": path.parent.name, "sha256": file_sha256(path)} for path in gold]
    found = read_predictions({name: tables[name] for name in _TABLES}, set(annotated))
    return {"gold": files, "scores": score(annotated, found).to_dict()}
