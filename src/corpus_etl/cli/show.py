"""`corpus-etl show`: the events of a release as a table."""

import argparse
from datetime import date
from typing import Any

import polars as pl

from corpus_etl.errors import ConfigurationError
from corpus_etl.release import open_release
from corpus_etl.schemas import EVENT_TYPES

from .output import print_events

_EXAMPLES = """examples:
  corpus-etl show dist/openai-dispute
  corpus-etl show dist/openai-dispute --type justice --actor musk --from 2024-01 --to 2024-12
  corpus-etl show dist/openai-dispute/1.0.0 --json --limit 0
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "show",
        help="events of a release as a table",
        description="List the events of a release in order of date; undated ones last.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("release", help="release folder, or dataset folder for its latest release")
    parser.add_argument("--type", help="event type, or its family such as justice")
    parser.add_argument("--actor", help="part of the name of an actor")
    parser.add_argument("--recipient", help="part of the name of a recipient")
    parser.add_argument(
        "--from", dest="since", help="events from this day, month or year on (2024, 2024-02, 2024-02-29)"
    )
    parser.add_argument("--to", dest="until", help="events up to this day, month or year, included")
    parser.add_argument("--limit", type=int, default=50, help="number of events, 0 for all (default: 50)")
    parser.add_argument("--json", action="store_true", help="JSON lines with all columns")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    events = open_release(args.release).scan("events").filter(_filters(args))
    events = events.sort("date_start", "event_id", nulls_last=True)
    found = (events.head(args.limit) if args.limit else events).collect()
    if args.json:
        print(found.write_ndjson(), end="")
        return 0
    if found.is_empty():
        print("no event matches")
        return 0
    print_events(found)
    total = events.select(pl.len()).collect().item()
    if total > found.height:
        print(f"… {total - found.height} more: --limit 0 shows all")
    return 0


def _filters(args: argparse.Namespace) -> pl.Expr:
    keep = pl.lit(True)
    if args.type:
        matching = [t for t in EVENT_TYPES if t == args.type or t.startswith(f"{args.type}.")]
        if not matching:
            raise ConfigurationError(
                f"--type {args.type}: no such event type or family; see codebook or the README of the release"
            )
        keep &= pl.col("event_type").cast(pl.String).is_in(matching)
    for column, name in (("actors", args.actor), ("recipients", args.recipient)):
        if name:
            names = pl.element().struct.field("name").str.to_lowercase()
            keep &= pl.col(column).list.eval(names.str.contains(name.lower(), literal=True)).list.any()
    if args.since:
        keep &= pl.col("date_end") > _bounds(args.since)[0]
    if args.until:
        keep &= pl.col("date_start") < _bounds(args.until)[1]
    return keep


def _bounds(text: str) -> tuple[date, date]:
    """First day and day after the last day of a year, month or day."""
    try:
        numbers = [int(n) for n in text.split("-")]
        first = date(*[*numbers, 1, 1][:3])
        if len(numbers) == 1:
            return first, date(first.year + 1, 1, 1)
        if len(numbers) == 2:
            return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, date.fromordinal(first.toordinal() + 1)
    except (ValueError, TypeError):
        raise ConfigurationError(f"{text!r} is no date: write 2024, 2024-02 or 2024-02-29") from None
