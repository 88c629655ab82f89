"""Find the files of a corpus: a folder (recursive), a single file or a glob pattern."""

import glob
import os
from dataclasses import dataclass
from pathlib import Path

from corpus_etl.errors import ConfigurationError

SUFFIXES = {".txt": "text", ".jsonl": "records"}


@dataclass(frozen=True, slots=True)
class Source:
    """One input file: `name` is its path relative to the corpus root, `format` text or records."""

    name: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """The corpus root, its files in order of name, and what cannot be read, with the reason."""

    root: Path
    sources: tuple[Source, ...]
    rejects: tuple[tuple[str, str, str], ...]
    """(source name, reason, detail)"""


def discover(corpus: str | Path) -> Discovery:
    """List the input files of `corpus`, sorted by name.

    Hidden files and folders are passed over; a file of an unknown format or a folder that cannot be opened
    becomes a reject. Raises ConfigurationError where `corpus` names nothing.
    """
    pattern = str(corpus)
    if glob.has_magic(pattern) and not Path(pattern).exists():
        return _from_glob(pattern)
    path = Path(pattern)
    if path.is_file():
        return _collect(path.parent, [path], [])
    if path.is_dir():
        return _from_folder(path)
    raise ConfigurationError(
        f"no corpus at {pattern}: give a folder, a .txt or .jsonl file, or a glob pattern"
    )


def _from_folder(root: Path) -> Discovery:
    files: list[Path] = []
    rejects: list[tuple[str, str, str]] = []

    def unreadable(error: OSError) -> None:
        name = Path(error.filename or root).relative_to(root).as_posix()
        rejects.append((name, "unreadable_folder", f"{error.strerror}: give read permission to the folder"))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        files.extend(Path(folder) / n for n in names if not n.startswith("."))
    return _collect(root, files, rejects)


def _from_glob(pattern: str) -> Discovery:
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    root = Path(*parts[:fixed]) if fixed else Path()
    files = [p for p in root.glob("/".join(parts[fixed:])) if p.is_file()]
    if not files:
        raise ConfigurationError(f"no file matches {pattern}")
    return _collect(root, files, [])


def _collect(root: Path, files: list[Path], rejects: list[tuple[str, str, str]]) -> Discovery:
    sources = []
    for path in files:
        name = path.relative_to(root).as_posix()
        known = SUFFIXES.get(path.suffix.lower())
        if known is None:
            rejects.append(
                (name, "unknown_format", f"{path.suffix or 'no suffix'}: .txt and .jsonl are read")
            )
            continue
        try:
            size = path.stat().st_size
        except OSError as error:
            rejects.append((name, "unreadable_file", f"{error.strerror}"))
            continue
        sources.append(Source(name, known, size))
    return Discovery(root, tuple(sorted(sources, key=lambda s: s.name)), tuple(sorted(rejects)))
