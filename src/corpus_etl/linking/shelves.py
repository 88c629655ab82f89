"""Frames put away and taken again a part at a time, so that the memory that linking takes does not grow with the tables."""

from pathlib import Path

import polars as pl


class Shelf:
    """Frames under numbers; what was put under one number is taken as one frame, in the order in which it was put.

    The frames stay in memory, or lie in files of `folder` where one is given.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._folder = None if folder is None else folder / name
        self._frames: dict[int, list[pl.DataFrame]] = {}
        self._files: dict[int, list[Path]] = {}
        self._empty = pl.DataFrame()
        if self._folder is not None:
            self._folder.mkdir()

    def put(self, number: int, frame: pl.DataFrame) -> None:
        """Put a frame under a number."""
        if not self._empty.width:
            self._empty = frame.clear()
        if self._folder is None:
            self._frames.setdefault(number, []).append(frame)
            return
        files = self._files.setdefault(number, [])
        files.append(self._folder / f"{number}-{len(files)}.parquet")
        frame.write_parquet(files[-1], compression="lz4", statistics=False)

    def spread(self, frame: pl.DataFrame, by: str) -> None:
        """Put each row under the number that it has in column `by`, which is dropped."""
        self._empty = self._empty if self._empty.width else frame.drop(by).clear()
        for (number,), rows in frame.partition_by(
            by, include_key=False, maintain_order=True, as_dict=True
        ).items():
            self.put(int(number), rows)

    def take(self, number: int) -> pl.DataFrame:
        """What was put under a number, once; no rows where nothing was."""
        frames = self._frames.pop(number, [])
        for file in self._files.pop(number, []):
            frames.append(pl.read_parquet(file))
            file.unlink()
        return pl.concat(frames) if frames else self._empty

    def look(self, number: int) -> pl.DataFrame:
        """The same, and leave it there."""
        frames = self._frames.get(number) or [pl.read_parquet(f) for f in self._files.get(number, [])]
        return pl.concat(frames) if frames else self._empty

    def numbers(self) -> list[int]:
        """The numbers under which there is something, ascending."""
        return sorted({*self._frames, *self._files})

    def scan(self) -> pl.LazyFrame:
        """Everything, by number, lazily."""
        if not self.numbers():
            return self._empty.lazy()
        frames = [frame.lazy() for number in self.numbers() for frame in self._frames.get(number, [])]
        files = [file for number in self.numbers() for file in self._files.get(number, [])]
        return pl.scan_parquet(files) if files else pl.concat(frames)


def part_numbers(key: pl.Series, size: int) -> pl.Series:
    """The part to which each row belongs: whole groups of a key, in its order, about `size` rows in each part."""
    place = pl.DataFrame({"key": key}).select("key", part=(pl.col("key").rank("ordinal") - 1) // size)
    return place.select(pl.col("part").min().over("key").cast(pl.UInt32))["part"]


def slots(key: pl.Expr, number: int) -> pl.Expr:
    """The slot, of `number`, to which the rows of a key belong; a key is always in the same."""
    return (key.hash(seed=8) % number).cast(pl.UInt32)
