"""The indices: versions.json of a dataset and catalog.json of all datasets."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from corpus_etl.errors import CheckFailed, ConfigurationError

from . import names
from .files import file_sha256, json_bytes, locked, replace_file
from .version import parse


@dataclass(frozen=True)
class Index:
    """The versions of a dataset, newest first."""

    dataset: str
    versions: tuple[dict[str, Any], ...]

    @property
    def latest(self) -> str | None:
        """The newest version that is not yanked."""
        return next((v["version"] for v in self.versions if v["status"] == "ok"), None)

    @property
    def newest(self) -> str | None:
        """The newest version, yanked or not."""
        return self.versions[0]["version"] if self.versions else None


def read_index(folder: Path) -> Index:
    """The index of the dataset in `folder`; empty where there is none yet."""
    path = folder / names.VERSIONS
    if not path.exists():
        return Index(folder.name, ())
    try:
        data = orjson.loads(path.read_bytes())
        return Index(data["dataset"], tuple(data["versions"]))
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise CheckFailed(
            f"{path} is no index of versions ({error}): restore it, or delete it to have it rebuilt"
        ) from None


def write_index(folder: Path, index: Index) -> None:
    """Write versions.json, then derive the catalogue above it."""
    versions = sorted(index.versions, key=lambda v: parse(v["version"]), reverse=True)
    index = Index(index.dataset, tuple(versions))
    data = {"dataset": index.dataset, "latest": index.latest, "versions": list(index.versions)}
    replace_file(folder / names.VERSIONS, json_bytes(data))
    write_catalog(folder.parent)


def write_catalog(out: Path) -> None:
    """Derive catalog.json from the indices of all datasets under `out`."""
    datasets = []
    for path in sorted(out.glob(f"*/{names.VERSIONS}")):
        index = read_index(path.parent)
        entry = next((v for v in index.versions if v["version"] == index.latest), None)
        if entry:
            fields = ("version", "created", "schema_version", "rows")
            datasets.append({"dataset": index.dataset, **{f: entry[f] for f in fields}})
    replace_file(out / names.CATALOG, json_bytes({"datasets": datasets}))


def entry_for(release: Path) -> dict[str, Any]:
    """The index entry of a finished release folder, from its manifest."""
    path = release / names.MANIFEST
    manifest = orjson.loads(path.read_bytes())
    return {
        "version": manifest["version"],
        "created": manifest["created"],
        "schema_version": manifest["schema_version"],
        "manifest_sha256": file_sha256(path),
        "rows": manifest["rows"],
        "status": "ok",
        "reason": None,
    }


def yank(folder: Path, version: str, reason: str) -> Index:
    """Mark a version as bad, with the reason; nothing is deleted. Returns the new index."""
    with locked(folder / names.LOCK):
        index = read_index(folder)
        if version not in {v["version"] for v in index.versions}:
            raise ConfigurationError(f"{index.dataset} has no version {version}")
        versions = [
            {**v, "status": "yanked", "reason": reason} if v["version"] == version else v
            for v in index.versions
        ]
        index = Index(index.dataset, tuple(versions))
        write_index(folder, index)
        return index
