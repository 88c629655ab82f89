"""Cut a corpus into shards: runs of files, or of records of a large container, read by one task each."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .discover import Source

SHARD_BYTES = 8_000_000
"""A shard ends once its parts reach this many bytes."""
SHARD_PARTS = 5_000
"""A shard ends once it has this many parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or the bytes [begin, end) of a container whose first line is record number `first`."""

    name: str
    format: str
    begin: int
    end: int
    first: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Parts read together by one task."""

    parts: tuple[Part, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Shard":
        """The shard of `to_dict`."""
        return cls(tuple(Part(**part) for part in data["parts"]))


def cut_shards(root: Path, sources: Iterable[Source], shard_bytes: int = SHARD_BYTES) -> list[Shard]:
    """Cut `sources`, in their order, into shards of about `shard_bytes` bytes."""
    shards: list[Shard] = []
    parts: list[Part] = []
    size = 0
    for part in _parts(root, sources, shard_bytes):
        parts.append(part)
        size += part.end - part.begin
        if size >= shard_bytes or len(parts) >= SHARD_PARTS:
            shards.append(Shard(tuple(parts)))
            parts, size = [], 0
    return [*shards, Shard(tuple(parts))] if parts else shards


def _parts(root: Path, sources: Iterable[Source], shard_bytes: int) -> Iterator[Part]:
    for source in sources:
        if source.format == "records" and source.size > shard_bytes:
            yield from _split_container(root, source, shard_bytes)
        else:
            yield Part(source.name, source.format, 0, source.size, 1)


def _split_container(root: Path, source: Source, shard_bytes: int) -> Iterator[Part]:
    """Parts of whole lines, each ending at the first line end past `shard_bytes`."""
    begin, first, lines, position = 0, 1, 0, 0
    try:
        with (root / source.name).open("rb") as file:
            for line in file:
                position += len(line)
                lines += 1
                if position - begin >= shard_bytes:
                    yield Part(source.name, source.format, begin, position, first)
                    begin, first, lines = position, first + lines, 0
    except OSError:
        # Read again, and rejected with its reason, by the task that has the part.
        yield Part(source.name, source.format, begin, source.size, first)
        return
    if position > begin:
        yield Part(source.name, source.format, begin, position, first)
