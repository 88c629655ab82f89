"""The manifest: where a release comes from and what it holds."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import orjson

from corpus_etl import schemas

from .version import describe_schema

PACKAGES = ("corpus-etl", "polars", "pyarrow", "pandera", "spacy", "py3langid")
"""Packages on which the rows depend."""


@dataclass(frozen=True)
class Provenance:
    """What a release is made from, as the stages report it."""

    parameters: Mapping[str, Any]
    """Parameters that shape the rows."""
    inputs: Mapping[str, Any]
    """Name of the corpus, number of documents, SHA-256 over the sorted hashes of their raw records."""
    models: Mapping[str, Any]
    """Language code to version and SHA-256 of its model."""
    stages: Sequence[Mapping[str, Any]]
    """Per stage: rows in, out and rejected."""
    gold: Sequence[Path] = ()
    """Annotations of documents of the corpus, to score the release with."""
    licence: str | None = None
    """SPDX id of the licence under which the dataset is published."""
    run: Mapping[str, Any] = field(default_factory=dict)
    """Time, host and machine: the part that differs between equal builds."""


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical JSON of `value`."""
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def packages() -> dict[str, str]:
    """Versions of the packages on which the rows depend."""
    return {name: package_version(name) for name in PACKAGES}


def describe_metadata(provenance: Provenance, template: str, quality: Mapping[str, Any]) -> str:
    """Hash of everything published that is neither a row nor a version: a change of it alone is a patch."""
    columns = {name: [table.description, table.descriptions] for name, table in schemas.TABLES.items()}
    return fingerprint(
        [
            columns,
            schemas.event_types().rows(),
            packages(),
            dict(provenance.models),
            provenance.licence,
            template,
        ]
    )


def build_manifest(
    dataset: str,
    version: str,
    created: str,
    parent: str | None,
    provenance: Provenance,
    rows: Mapping[str, int],
    content: Mapping[str, str],
    metadata_sha256: str,
) -> dict[str, Any]:
    """The manifest; all but `run` is the same for equal builds."""
    return {
        "dataset": dataset,
        "version": version,
        "created": created,
        "schema_version": schemas.SCHEMA_VERSION,
        "parent": parent,
        "licence": provenance.licence,
        "parameters": dict(provenance.parameters),
        "inputs": dict(provenance.inputs),
        "models": dict(provenance.models),
        "packages": packages(),
        "stages": [dict(stage) for stage in provenance.stages],
        "rows": dict(rows),
        "content": dict(content),
        "metadata_sha256": metadata_sha256,
        "schema": describe_schema(),
        "run": {
            **provenance.run,
            "host": platform.node(),
            "python": platform.python_version(),
            "platform": platform.platform(),
        },
    }
