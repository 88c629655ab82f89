"""Open a published release."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from corpus_etl.errors import ConfigurationError

from . import names
from .index import read_index


@dataclass(frozen=True)
class Release:
    """A release folder and its manifest."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.manifest["version"])

    def scan(self, table: str) -> pl.LazyFrame:
        """A table of the release, lazily."""
        return pl.scan_parquet(self.folder / names.parquet(table))

    def read(self, table: str) -> pl.DataFrame:
        """A table of the release."""
        return pl.read_parquet(self.folder / names.parquet(table))


def open_release(path: str | Path) -> Release:
    """Open a release folder, or the latest version of a dataset folder.

    Raises ConfigurationError where `path` is neither.
    """
    folder = Path(path)
    if (folder / names.VERSIONS).exists():
        latest = read_index(folder).latest
        if latest is None:
            raise ConfigurationError(f"{folder}: all versions are yanked; name one")
        folder = folder / latest
    if not (folder / names.MANIFEST).exists():
        raise ConfigurationError(f"{folder} is neither a release nor a dataset: it has no {names.MANIFEST}")
    return Release(folder, orjson.loads((folder / names.MANIFEST).read_bytes()))
