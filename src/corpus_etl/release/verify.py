"""Verify a release: hashes, schemas, foreign keys and, given the corpus, every offset."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from corpus_etl import schemas
from corpus_etl.errors import CheckFailed

from . import names
from .files import file_sha256
from .read import Release
from .tables import content_sha256, validate


@dataclass(frozen=True)
class Check:
    """One check, what it looked at, and its problems (none = passed)."""

    name: str
    looked_at: str
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """True where there are no problems."""
        return not self.problems


def verify(release: Release, texts: pl.DataFrame | None = None) -> list[Check]:
    """Check a release from its files alone and, where `texts` (source, source_sha256, text) is given, its offsets."""
    checks = [Check("hashes", f"{len(_sums(release.folder))} files", tuple(check_sums(release.folder)))]
    present = {name: (release.folder / names.parquet(name)).exists() for name in schemas.TABLES}
    if not all(present.values()):
        absent = [f"{names.parquet(name)} is missing" for name, there in present.items() if not there]
        return [*checks, Check("tables", f"{len(present)} tables", tuple(absent))]
    tables = {name: release.read(name) for name in schemas.TABLES}
    checks.append(Check("schemas", f"{len(tables)} tables", tuple(_schema_problems(release, tables))))
    failures = schemas.foreign_key_failures(tables)
    problems = [f"{t}.{c} = {v} is no {target}" for t, c, v, target in failures.iter_rows()]
    checks.append(
        Check(
            "foreign keys",
            f"{sum(len(t.foreign_keys) for t in schemas.TABLES.values())} keys",
            tuple(problems),
        )
    )
    checks.append(
        Check(
            "contents",
            f"{len(release.manifest['content'])} tables",
            tuple(_content_problems(release, tables)),
        )
    )
    if texts is not None:
        checks += _offset_checks(tables, texts)
    return checks


def check_sums(folder: Path) -> list[str]:
    """Problems of a release folder against its SHA256SUMS: changed, missing and additional files."""
    if not (folder / names.SUMS).exists():
        return [f"{names.SUMS} is missing"]
    sums = _sums(folder)
    problems = []
    for name, digest in sums.items():
        path = folder / name
        if not path.exists():
            problems.append(f"{name} is missing")
        elif file_sha256(path) != digest:
            problems.append(f"{name} is changed")
    extra = {p.name for p in folder.iterdir()} - set(sums) - {names.SUMS}
    return problems + [f"{name} does not belong to the release" for name in sorted(extra)]


def _sums(folder: Path) -> dict[str, str]:
    path = folder / names.SUMS
    if not path.exists():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text().splitlines())
    return {name: digest for digest, name in pairs}


def _schema_problems(release: Release, tables: dict[str, pl.DataFrame]) -> list[str]:
    problems = []
    for name, frame in tables.items():
        try:
            bad = validate(name, frame).rejects
        except CheckFailed as error:
            problems.append(str(error))
            continue
        problems += [f"{name} {key}: {reason}" for key, reason in bad.select("key", "reason").iter_rows()]
        published = pq.read_schema(release.folder / names.parquet(name))
        described = {f.name: (f.metadata or {}).get(b"description", b"").decode() for f in published}
        if described != schemas.TABLES[name].descriptions:
            problems.append(f"{name}: column descriptions differ from the contract")
    return problems


def _content_problems(release: Release, tables: dict[str, pl.DataFrame]) -> list[str]:
    problems = [
        f"{n}: rows differ from the manifest"
        for n, h in release.manifest["content"].items()
        if content_sha256(tables[n]) != h
    ]
    for name, frame in tables.items():
        lines = (
            pl.scan_ndjson(release.folder / names.jsonl(name), schema=dict(frame.schema))
            if frame.height
            else None
        )
        if lines is not None and not lines.collect().equals(frame):
            problems.append(f"{name}: {names.jsonl(name)} and {names.parquet(name)} hold different rows")
    return problems


def _offset_checks(tables: dict[str, pl.DataFrame], texts: pl.DataFrame) -> list[Check]:
    documents = tables["documents"].select("doc_id", "source", "source_sha256")
    found = documents.join(texts, on=["source", "source_sha256"], how="left", maintain_order="left")
    absent = found.filter(pl.col("text").is_null())["source"].to_list()
    checks = [
        Check(
            "documents",
            f"{documents.height} documents",
            tuple(f"{s} is not in the corpus as released" for s in absent),
        )
    ]
    grounded = {
        "mentions": tables["mentions"],
        "participants": tables["participants"].join(
            tables["mentions"].select("mention_id", "doc_id"),
            on="mention_id",
            how="left",
            maintain_order="left",
        ),
    }
    for name, rows in grounded.items():
        right = schemas.check_offsets(name, rows, found.select("doc_id", "text"))
        wrong = rows.filter(~right)["mention_id"].to_list()
        checks.append(
            Check(
                "offsets",
                f"{rows.height} {name}",
                tuple(f"{name} {key}: the text has other words" for key in wrong),
            )
        )
    return checks
