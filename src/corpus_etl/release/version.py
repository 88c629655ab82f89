"""The version of a release, computed from the difference to its parent (SemVer; data contract, section Versions)."""

from collections.abc import Mapping
from typing import Any, Literal

import polars as pl

from corpus_etl import ids, schemas

Bump = Literal["major", "minor", "patch", "none"]
FIRST = "1.0.0"


def describe_schema() -> dict[str, Any]:
    """The schema as JSON: id recipe, and per table its key and columns with dtype and allowed values."""
    return {
        "id_recipe": ids.RECIPE,
        "tables": {
            name: {"key": list(table.key), "columns": {c: _dtype(d) for c, d in table.dtypes.items()}}
            for name, table in schemas.TABLES.items()
        },
    }


def _dtype(dtype: pl.DataType) -> dict[str, Any]:
    if isinstance(dtype, pl.Enum):
        return {"dtype": "Enum", "values": dtype.categories.to_list()}
    return {"dtype": str(dtype)}


def compute_bump(parent: Mapping[str, Any], current: Mapping[str, Any]) -> Bump:
    """How the version rises from the manifest of the parent to the one of the new release.

    Both manifests have `schema` (`describe_schema`), `content` (table to content hash) and `metadata_sha256`.
    """
    change = _schema_change(parent["schema"], current["schema"])
    if change == "major":
        return "major"
    if change == "minor" or parent["content"] != current["content"]:
        return "minor"
    return "none" if parent["metadata_sha256"] == current["metadata_sha256"] else "patch"


def _schema_change(old: Mapping[str, Any], new: Mapping[str, Any]) -> Bump:
    if old["id_recipe"] != new["id_recipe"]:
        return "major"
    added = set(new["tables"]) != set(old["tables"])
    for name, table in old["tables"].items():
        now = new["tables"].get(name)
        if now is None or now["key"] != table["key"]:
            return "major"
        for column, dtype in table["columns"].items():
            current = now["columns"].get(column)
            if current is None or current["dtype"] != dtype["dtype"]:
                return "major"
            values, old_values = set(current.get("values", ())), set(dtype.get("values", ()))
            if old_values - values:
                return "major"
            added |= bool(values - old_values)
        added |= bool(set(now["columns"]) - set(table["columns"]))
    return "minor" if added else "none"


def parse(version: str) -> tuple[int, int, int]:
    """`1.10.0` as (1, 10, 0), which sorts as versions do."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def raise_version(version: str, bump: Bump) -> str:
    """The next version after `version`."""
    major, minor, patch = parse(version)
    if bump == "major":
        return f"{major + 1}.0.0"
    if bump == "minor":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if bump == "patch" else version
