"""Publish: validate, compute the version, build aside, verify, move into place, enter into the index."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from corpus_etl import schemas
from corpus_etl.errors import CheckFailed
from corpus_etl.linking import changes

from . import names
from .card import card, template
from .files import file_sha256, json_bytes, locked, sync_folder, sync_tree, write_file
from .index import Index, entry_for, read_index, write_index
from .manifest import Provenance, build_manifest, describe_metadata
from .quality import describe_quality
from .read import Release, open_release
from .tables import content_sha256, write_table
from .validation import validate_tables
from .verify import check_sums
from .version import FIRST, Bump, compute_bump, describe_schema, raise_version

CONTENT = ("documents", "entities", "events", "mentions", "participants", "rejects")
"""Tables whose rows make the content; `changes` and `quality` are about it."""


@dataclass(frozen=True)
class Published:
    """The outcome: the release in force, and whether it is new (bump `none` = unchanged content)."""

    folder: Path
    version: str
    bump: Bump | None
    """None for the first release."""
    rows: dict[str, int]

    @property
    def new(self) -> bool:
        """False where the content is that of the parent and nothing was published."""
        return self.bump != "none"


def publish(
    out: Path,
    dataset: str,
    tables: Mapping[str, pl.DataFrame],
    texts: pl.DataFrame,
    provenance: Provenance,
    created: str,
) -> Published:
    """Publish `tables` (documents, entities, events, mentions, participants, rejects, quality) as a release.

    `texts` (doc_id, text) are the source texts that all offsets are checked against; `created` is an ISO 8601
    time, part of the release. Rows that fail a check are published as rejects. Raises CheckFailed where a failure
    names no row, or where the built release does not verify.
    """
    folder = out / dataset
    with locked(folder / names.LOCK):
        sweep(folder)
        index = adopt_finished(folder)
        parent = open_release(folder / index.newest) if index.newest else None
        checked = validate_tables(tables, texts)
        content = {name: content_sha256(checked[name]) for name in CONTENT}
        quality = describe_quality(checked, provenance.gold)
        metadata = describe_metadata(provenance, template(), quality)
        draft = {"schema": describe_schema(), "content": content, "metadata_sha256": metadata}
        bump = compute_bump(parent.manifest, draft) if parent else None
        if parent and bump == "none":
            return Published(parent.folder, parent.version, "none", parent.manifest["rows"])
        version = raise_version(parent.version, bump) if parent and bump else FIRST
        finished = _finish(checked, parent, version)
        rows = {name: finished[name].height for name in schemas.TABLES}
        manifest = build_manifest(
            dataset, version, created, parent.version if parent else None, provenance, rows, content, metadata
        )
        staging = folder / f"{names.STAGING}{version}-{os.getpid()}"
        _write(staging, dataset, finished, manifest, quality)
        place(staging, folder / version)
        write_index(folder, Index(dataset, (entry_for(folder / version), *index.versions)))
    return Published(folder / version, version, bump, rows)


def sweep(folder: Path) -> None:
    """Remove what a run that died has left in the dataset folder."""
    for staging in folder.glob(f"{names.STAGING}*"):
        shutil.rmtree(staging)
    for temporary in folder.glob(f".{names.VERSIONS}.*"):
        temporary.unlink()


def adopt_finished(folder: Path) -> Index:
    """Enter whole releases that are not in the index: those of a run that died before writing it."""
    index = read_index(folder)
    known = {v["version"] for v in index.versions}
    found = [p.parent for p in folder.glob(f"*/{names.MANIFEST}") if not p.parent.name.startswith(".")]
    missing = sorted(p for p in found if p.name not in known)
    for release in missing:
        problems = check_sums(release)
        if problems:
            raise CheckFailed(f"{release} is not in the index and is damaged ({problems[0]}): move it away")
    if missing:
        index = Index(folder.name, (*index.versions, *(entry_for(p) for p in missing)))
        write_index(folder, index)
        index = read_index(folder)
    return index


def place(staging: Path, target: Path) -> None:
    """Move a finished folder to its place, durably; fails if the place is taken."""
    if target.exists():
        raise CheckFailed(f"{target} exists: releases are never overwritten")
    sync_tree(staging)
    staging.rename(target)
    sync_folder(target.parent)


def _finish(
    tables: Mapping[str, pl.DataFrame], parent: Release | None, version: str
) -> dict[str, pl.DataFrame]:
    """Tables with what depends on the parent: release columns of events, and changes."""
    events = _release_columns(tables["events"], parent, version)
    difference = schemas.TABLES["changes"].empty()
    if parent:
        difference = changes(parent.read("events"), events, parent.read("mentions"), tables["mentions"])
    return {**tables, "events": events, "changes": difference}


def _release_columns(events: pl.DataFrame, parent: Release | None, version: str) -> pl.DataFrame:
    """Carry first_release and last_changed forward; rows that are new or differ get `version`."""
    fresh = events.with_columns(first_release=pl.lit(version), last_changed=pl.lit(version))
    if parent is None:
        return fresh
    before = parent.read("events")
    same = [c for c in events.columns if c not in ("first_release", "last_changed")]
    if before.schema != events.schema:
        return fresh
    row = pl.struct(same).struct.json_encode().alias("_row")
    old = before.select("event_id", row.alias("_old"), _first="first_release", _last="last_changed")
    return (
        fresh.with_columns(row)
        .join(old, on="event_id", how="left", maintain_order="left")
        .with_columns(
            first_release=pl.coalesce("_first", "first_release"),
            last_changed=pl.when(pl.col("_row") == pl.col("_old")).then("_last").otherwise("last_changed"),
        )
        .select(events.columns)
    )


def _write(
    staging: Path,
    dataset: str,
    tables: Mapping[str, pl.DataFrame],
    manifest: Mapping[str, Any],
    quality: Mapping[str, Any],
) -> None:
    staging.mkdir(parents=True)
    for name in schemas.TABLES:
        write_table(staging, name, tables[name], dataset)
    write_file(staging / names.MANIFEST, json_bytes(manifest))
    write_file(staging / names.QUALITY, json_bytes(quality))
    write_file(staging / names.CARD, card(manifest, tables).encode())
    files = sorted(p.name for p in staging.iterdir())
    sums = "".join(f"{file_sha256(staging / name)}  {name}\n" for name in files)
    write_file(staging / names.SUMS, sums.encode())
    problems = check_sums(staging)
    if problems:
        raise CheckFailed(f"the built release does not verify: {problems[0]}")
