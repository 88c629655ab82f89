"""Frames put away and taken again a part at a time, so that the memory that linking takes does not grow with the tables."""

from io import BytesIO
from pathlib import Path

import polars as pl

_COMPACT = pl.CompatLevel.oldest()
"""Texts are written one after the other; newer layouts would write what is shared with other frames, too."""


class Shelf:
    """Frames under numbers; what was put under one number is taken as one frame, in the order in which it was put.

    The frames stay in memory, or lie in files of `folder` where one is given: one file for each number, to which every
    frame is added, because there may be a frame for each two parts of the tables.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._folder = None if folder is None else folder / name
        self._frames: dict[int, list[pl.DataFrame]] = {}
        self._ends: dict[int, list[int]] = {}
        self._empty = pl.DataFrame()
        if self._folder is not None:
            self._folder.mkdir()

    def put(self, number: int, frame: pl.DataFrame) -> None:
        """Put a frame under a number."""
        self._empty = self._empty if self._empty.width else frame.clear()
        if self._folder is None:
            self._frames.setdefault(number, []).append(frame)
            return
        with (self._folder / str(number)).open("ab") as file:
            frame.write_ipc_stream(file, compression="lz4", compat_level=_COMPACT)
            self._ends.setdefault(number, []).append(file.tell())

    def spread(self, frame: pl.DataFrame, by: str) -> None:
        """Put each row under the number that it has in column `by`, which is dropped."""
        self._empty = self._empty if self._empty.width else frame.drop(by).clear()
        parts = frame.partition_by(by, include_key=False, maintain_order=True, as_dict=True)
        for (number,), rows in parts.items():
            self.put(int(number), rows)

    def look(self, number: int) -> pl.DataFrame:
        """What was put under a number; no rows where nothing was."""
        frames = self._frames.get(number, [])
        if self._folder is not None and number in self._ends:
            frames = _read(self._folder / str(number), self._ends[number])
        return pl.concat(frames) if frames else self._empty

    def take(self, number: int) -> pl.DataFrame:
        """The same, for the last time."""
        frame = self.look(number)
        self._frames.pop(number, None)
        if self._folder is not None and self._ends.pop(number, []):
            (self._folder / str(number)).unlink()
        return frame

    def numbers(self) -> list[int]:
        """The numbers under which there is something, ascending; 0 where there is nothing."""
        return sorted({*self._frames, *self._ends}) or [0]


def _read(path: Path, ends: list[int]) -> list[pl.DataFrame]:
    data = memoryview(path.read_bytes())
    return [
        pl.read_ipc_stream(BytesIO(data[start:end])) for start, end in zip([0, *ends], ends, strict=False)
    ]


class Pile:
    """The parts of one table, in their order, in memory or in files of `folder` where one is given."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self._folder, self._name = folder, name
        self._parts: list[pl.LazyFrame] = []

    def add(self, frame: pl.DataFrame) -> None:
        """Add the next part."""
        if self._folder is None:
            self._parts.append(frame.lazy())
            return
        path = self._folder / f"{self._name}-{len(self._parts)}.parquet"
        frame.write_parquet(path, compression="lz4", statistics=False)
        self._parts.append(pl.scan_parquet(path))

    def scan(self) -> pl.LazyFrame:
        """The table."""
        return pl.concat(self._parts)


def part_numbers(key: pl.Series, size: int) -> pl.Series:
    """The part to which each row belongs: whole groups of a key, in its order, about `size` rows in each part."""
    place = pl.DataFrame({"key": key}).select("key", part=(pl.col("key").rank("ordinal") - 1) // size)
    return place.select(pl.col("part").min().over("key").cast(pl.UInt32))["part"]


def slots(key: pl.Expr, number: int) -> pl.Expr:
    """The slot, of `number`, to which the rows of a key belong; a key is always in the same."""
    return (key.hash(seed=8) % number).cast(pl.UInt32)
