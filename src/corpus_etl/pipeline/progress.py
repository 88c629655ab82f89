"""Progress of long work: a bar on a terminal, plain lines in logs."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

log = logging.getLogger("corpus_etl.progress")
_SECONDS_BETWEEN_LINES = 10.0


@dataclass
class Stage:
    """Progress of one stage, counted in shards, with the rate in documents."""

    name: str
    total: int
    bar: Progress | None = None
    task: TaskID | None = None
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    documents: int = 0
    last_line: float = 0.0

    def advance(self, documents: int = 0) -> None:
        """One shard more is done, with so many documents."""
        self.done += 1
        self.documents += documents
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, advance=1, rate=self._rate())
        elif time.monotonic() - self.last_line >= _SECONDS_BETWEEN_LINES and self.done < self.total:
            self.last_line = time.monotonic()
            left = (self.last_line - self.started) / self.done * (self.total - self.done)
            log.info(
                "%s: %d of %d shards%s, about %.0f s left",
                self.name,
                self.done,
                self.total,
                self._rate(),
                left,
            )

    def finish(self) -> None:
        """Say what was done."""
        if self.bar is None:
            log.info(
                "%s: %d of %d shards%s, %.1f s",
                self.name,
                self.done,
                self.total,
                self._rate(),
                time.monotonic() - self.started,
            )

    def _rate(self) -> str:
        seconds = time.monotonic() - self.started
        if not self.documents or seconds <= 0:
            return ""
        return f", {self.documents} documents, {self.documents / seconds:.0f}/s"


class Reporter:
    """Where the stages of a run report to: standard error, as bars where it is a terminal."""

    def __init__(self) -> None:
        self._bar = self._make() if sys.stderr.isatty() else None

    @staticmethod
    def _make() -> Progress:
        from rich.console import Console

        columns = (
            TextColumn("{task.description:<8}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        return Progress(*columns, console=Console(stderr=True))

    @contextmanager
    def running(self) -> Iterator["Reporter"]:
        """Show the bars while the run goes on."""
        if self._bar is None:
            yield self
            return
        with self._bar:
            yield self

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Stage]:
        """Progress of the stage `name` over `total` shards."""
        task = self._bar.add_task(name, total=total, rate="") if self._bar is not None else None
        stage = Stage(name, total, self._bar, task)
        yield stage
        stage.finish()
