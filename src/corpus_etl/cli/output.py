"""What several commands print."""

from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from corpus_etl.release import open_release

_MIN_WIDTH = 140
_WIDE = 120
_COLUMN = 30


def console() -> Console:
    """Standard output, wide enough for tables also where it is no terminal."""
    found = Console()
    return found if found.is_terminal else Console(width=max(found.width, _MIN_WIDTH))


def heading(text: str) -> None:
    """A line that says what follows."""
    console().print(f"\n{text}", style="bold", highlight=False)


def print_release(folder: Path, new: bool) -> None:
    """What was published, or that nothing has changed."""
    release = open_release(folder)
    rows = release.manifest["rows"]
    counts = ", ".join(f"{rows[name]} {name}" for name in ("documents", "mentions", "events", "rejects"))
    name = f"{release.manifest['dataset']} {release.version}"
    print(
        f"Published {name} in {folder}: {counts}."
        if new
        else f"Unchanged: {name} in {folder} holds the same content: {counts}."
    )


def print_best_events(folder: Path, limit: int = 10) -> None:
    """The events that most independent documents report."""
    events = open_release(folder).read("events")
    best = events.sort(
        ["n_sources", "n_mentions", "confidence", "event_id"], descending=[True, True, True, False]
    )
    print_events(best.head(limit))


def print_events(events: pl.DataFrame) -> None:
    """Events as a table, one line each; on a narrow terminal label, sources and id only."""
    out = console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    if out.width < _WIDE:
        table.add_column("event", no_wrap=True, overflow="ellipsis", ratio=1)
    else:
        for name in ("date", "event type", "actors", "recipients", "factuality"):
            table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=_COLUMN)
    table.add_column("sources", justify="right", min_width=7)
    table.add_column("event id", no_wrap=True, min_width=17)
    for row in events.iter_rows(named=True):
        facts = [row["label"]] if out.width < _WIDE else _facts(row)
        table.add_row(*facts, str(row["n_sources"]), row["event_id"])
    out.print(table)


def _facts(row: dict[str, Any]) -> list[str]:
    return [
        show_date(row["date_start"], row["date_end"], row["date_granularity"]),
        row["event_type"],
        ", ".join(p["name"] for p in row["actors"]) or "–",
        ", ".join(p["name"] for p in row["recipients"]) or "–",
        row["factuality"],
    ]


def show_date(start: object, end: object, granularity: str | None) -> str:
    """A date interval as people write it: 2024-02-29, 2024-06, 2015, else both ends."""
    if start is None:
        return "–"
    text = str(start)
    short = {"day": text, "month": text[:7], "year": text[:4]}
    return short.get(granularity or "", f"{text}..{end}")
