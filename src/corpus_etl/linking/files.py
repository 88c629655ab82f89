"""Linking of tables in files: what is wide is read, put away and written a part at a time."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import polars as pl

from corpus_etl.errors import ConfigurationError

from .inputs import Given, Previous
from .parts import PART
from .steps import link_tables

_LINES = (".jsonl", ".ndjson")
_ROW_GROUP = 50_000

Files = Path | Sequence[Path]
"""One file of a table, or several that follow one another: Parquet, or JSON lines by suffix (.jsonl, .ndjson)."""


@dataclass(frozen=True)
class Rows:
    """Numbers of rows of the tables written."""

    events: int
    mentions: int
    participants: int
    entities: int
    documents: int


def link_files(
    mentions: Files,
    participants: Files,
    documents: Files,
    entities: Files | None,
    out: Path,
    *,
    previous: Previous | None = None,
    event_types: pl.DataFrame | None = None,
    language: str = "fr",
    part: int = PART,
) -> Rows:
    """Link tables in files and write events, mentions, participants, entities and documents (as given) to folder `out`.

    The tables are those that `link` gives for the same rows, whatever `part` is. In memory is what is wide of about `part`
    mentions; the rest lies in the temporary folder (TMPDIR), about as large as the tables. Every file of `out` appears
    whole or not at all.

    Raises ConfigurationError where a file or a required column is missing or a mention occurs twice.
    """
    given = {"mentions": mentions, "participants": participants, "documents": documents, "entities": entities}
    files = {name: _paths(one) for name, one in given.items() if one is not None}
    with TemporaryDirectory(prefix="corpus-etl-link-") as spill:
        folder = Path(spill)
        scans = {name: _scan(name, paths, folder) for name, paths in files.items()}
        tables = Given(
            scans["mentions"], scans["participants"], scans["documents"], scans.get("entities")
        )
        made = link_tables(tables, previous, event_types, language, part, folder)
        written = {
            "events": made.events,
            "mentions": made.mentions,
            "participants": made.participants,
            "entities": made.entities,
            "documents": scans["documents"],
        }
        _write(written, out)
        return Rows(**{name: _height(table) for name, table in written.items()})


def _paths(files: Files) -> list[Path]:
    paths = [files] if isinstance(files, Path) else list(files)
    if not paths:
        raise ConfigurationError("no file given for a table")
    for path in paths:
        if not path.is_file():
            raise ConfigurationError(f"no table at {path}")
    return paths


def _scan(name: str, paths: list[Path], folder: Path) -> pl.LazyFrame:
    """The rows of a table. JSON lines are brought to Parquet once: parts of Parquet are found without reading the rest."""
    found = []
    for number, path in enumerate(paths):
        if path.suffix not in _LINES:
            found.append(path)
            continue
        found.append(folder / f"{name}-{number}.parquet")
        _lines(path).sink_parquet(found[-1], compression="lz4", row_group_size=_ROW_GROUP)
    return pl.scan_parquet(found)


def _lines(path: Path) -> pl.LazyFrame:
    """Rows of JSON lines; a column may be null for long before it has a value."""
    if path.stat().st_size == 0:
        raise ConfigurationError(f"{path}: an empty file has no columns")
    return pl.scan_ndjson(path, infer_schema_length=None)


def _write(tables: dict[str, pl.LazyFrame], out: Path) -> None:
    """Write the tables beside their names, and give them their names when all are whole; no table of an earlier run stays beside
    those of this one."""
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".link-", dir=out))
    try:
        for name, table in tables.items():
            table.sink_parquet(
                aside / f"{name}.parquet", compression="zstd", row_group_size=_ROW_GROUP, engine="streaming"
            )
        for name in tables:
            (out / f"{name}.parquet").unlink(missing_ok=True)
        for name in tables:
            (aside / f"{name}.parquet").replace(out / f"{name}.parquet")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _height(table: pl.LazyFrame) -> int:
    return int(table.select(pl.len()).collect().item())
