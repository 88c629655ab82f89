"""`corpus-etl evidence`: every mention of an event, in its sentence, with the source."""

import argparse
import re
from typing import Any

import polars as pl
from rich.text import Text

from corpus_etl.errors import ConfigurationError
from corpus_etl.release import Release, open_release

from .output import console, show_date

_EXAMPLES = """examples:
  corpus-etl evidence e0123456789abcdef dist/openai-dispute
  corpus-etl evidence e0123 dist/openai-dispute/1.0.0     # the first digits will do
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "evidence",
        help="the words that prove an event",
        description="Show each mention of an event: its sentence with the trigger marked »so«, who does what, the source.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("event_id", help="event id, or its first digits")
    parser.add_argument(
        "release",
        nargs="?",
        default="dist/openai-dispute",
        help="release or dataset folder (default: dist/openai-dispute)",
    )


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    release = open_release(args.release)
    event = _find(release, args.event_id)
    mentions = (
        release.scan("mentions")
        .filter(pl.col("event_id") == event["event_id"])
        .join(
            release.scan("documents").select(
                "doc_id",
                "source",
                "published_start",
                "published_end",
                "published_granularity",
                "duplicate_of",
            ),
            on="doc_id",
        )
        .sort("published_start", "doc_id", "trigger_start", nulls_last=True)
        .collect()
    )
    roles = (
        release.scan("participants")
        .filter(pl.col("mention_id").is_in(mentions["mention_id"].implode()))
        .collect()
    )
    names = dict(release.read("entities").select("entity_id", "name").iter_rows())
    out = console()
    out.print(event["label"], style="bold", highlight=False)
    out.print(
        f"{event['event_id']}: {event['n_mentions']} mentions in {event['n_documents']} documents, {event['n_sources']} independent\n",
        highlight=False,
    )
    for row in mentions.iter_rows(named=True):
        _print_mention(row, roles.filter(pl.col("mention_id") == row["mention_id"]), names)
    return 0


def _find(release: Release, event_id: str) -> dict[str, Any]:
    if not re.fullmatch(r"e[0-9a-f]{0,16}", event_id):
        raise ConfigurationError(
            f"{event_id!r} is no event id: an e and 16 hexadecimal digits, see `corpus-etl show`"
        )
    found = release.scan("events").filter(pl.col("event_id").str.starts_with(event_id)).collect()
    if found.height != 1:
        some = "no event" if found.is_empty() else f"{found.height} events"
        raise ConfigurationError(f"{some} with id {event_id} in {release.folder}")
    return found.row(0, named=True)


def _print_mention(row: dict[str, Any], roles: pl.DataFrame, names: dict[str, str]) -> None:
    out = console()
    published = show_date(row["published_start"], row["published_end"], row["published_granularity"])
    copy = f", copy of {row['duplicate_of']}" if row["duplicate_of"] else ""
    out.print(f"{row['source']} (published {published}{copy})", style="cyan", highlight=False)
    start, end = row["trigger_start"] - row["sentence_start"], row["trigger_end"] - row["sentence_start"]
    sentence = row["sentence"]
    marked = Text("  ")
    marked.append(sentence[:start])
    marked.append(f"»{sentence[start:end]}«", style="bold red")
    marked.append(sentence[end:])
    out.print(marked)
    facts = [f"{row['event_type']}, {row['factuality']}"]
    for role in roles.iter_rows(named=True):
        name = names.get(role["entity_id"] or "")
        facts.append(
            f"{role['role']}: {role['text']}"
            + (f" = {name} ({role['resolution']})" if name and name != role["text"] else "")
        )
    if row["date_start"]:
        facts.append(
            f"date: {row['date_text']} = {show_date(row['date_start'], row['date_end'], row['date_granularity'])} ({row['date_basis']})"
        )
    facts += [f"amount: {amount['text']}" for amount in row["amounts"]]
    if row["attribution"]:
        facts.append(
            f"says {names.get(row['attribution_entity_id'] or '', row['attribution'])} (« {row['attribution']} »)"
        )
    why = f", linked by {row['link_rule']}" if row["link_rule"] else ""
    out.print(f"  {'; '.join(facts)}", highlight=False)
    out.print(
        f"  offsets {row['trigger_start']} to {row['trigger_end']}, confidence {row['confidence']:.2f}, rule {row['rule']}{why}\n",
        style="dim",
        highlight=False,
    )
