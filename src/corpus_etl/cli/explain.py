"""`corpus-etl explain`: sentence by sentence, what was found in a text, by which rule, and what was dropped and why."""

import argparse
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.text import Text

from corpus_etl import events, language
from corpus_etl import time as time_
from corpus_etl.errors import ConfigurationError
from corpus_etl.events.mention import Mention
from corpus_etl.ids import doc_id, sha256_hex

from .output import console

_EXAMPLES = """examples:
  corpus-etl explain article.txt
  corpus-etl explain article.txt --date 2024-06-12    # resolves « hier », « en mars »
  echo "Apple a racheté Beats." | corpus-etl explain -
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "explain",
        help="why events were found in a text, or not",
        description="For one text, sentence by sentence: the events found, with the rule of each, and the candidates that were "
        "dropped, with the reason.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="text file in UTF-8, or - for standard input")
    parser.add_argument("--date", help="publication date (2024-06-12, 2024-06 or 2024); default: what the text says")
    parser.add_argument("--language", default="fr", help="language pack (default: fr)")
    parser.add_argument("--found", action="store_true", help="leave out what was dropped")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    text = _read(args.file)
    published = parse_date(args.date) if args.date else time_.document_date(text).interval
    document = next(iter(language.load(args.language).analyse([(doc_id(sha256_hex(text.encode())), text)])))
    dropped: dict[int, list[tuple[str, str, str]]] = defaultdict(list)

    def trace(sentence: int, words: str, rule: str, what: str) -> None:
        if not what.startswith("found"):
            dropped[sentence].append((words, rule, what))

    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in events.find_mentions(document, published, events.resources(args.language), trace):
        found[mention.sentence.index].append(mention)
    out = console()
    when = f"{published.start} to {published.end}" if published else "not known"
    out.print(f"published: {when}\n", style="dim", highlight=False)
    for sentence in document.sentences:
        line = Text(f"{sentence.start:>6}  ", style="dim")
        out.print(line.append(document.text[sentence.start : sentence.end], style="bold"))
        for mention in found[sentence.index]:
            _print_mention(document.text, mention)
        for words, rule, what in () if args.found else dropped[sentence.index]:
            out.print(Text(f"        - {words[:60]}  [{rule}]  {what}" if rule else f"        - {what}", style="dim"))
    total = sum(map(len, found.values()))
    out.print(f"\n{total} mentions in {len(document.sentences)} sentences", highlight=False)
    return 0


def _read(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    if not path.is_file():
        raise ConfigurationError(f"no file {name}")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{name} is not UTF-8: {error}") from None


def parse_date(value: str) -> time_.Interval:
    """A day, month or year as the interval [start, end). Raises ConfigurationError where it is none."""
    parts = value.split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(numbers) == 1:
            return time_.Interval(date(numbers[0], 1, 1), date(numbers[0] + 1, 1, 1))
        if len(numbers) == 2:
            year, month = numbers
            return time_.Interval(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
        day = date(*numbers)
        return time_.Interval(day, day + timedelta(days=1))
    except (ValueError, TypeError):
        raise ConfigurationError(f"{value!r} is no date: 2024-06-12, 2024-06 or 2024") from None


def _print_mention(text: str, mention: Mention) -> None:
    out = console()
    out.print(
        Text(f"        + {mention.event_type}", style="green").append(
            f"  « {text[mention.start : mention.end]} »  {mention.factuality}  {mention.confidence:.2f}  [{mention.rule}]",
            style="default",
        )
    )
    facts = []
    for p in mention.roles.participants:
        name = f"{p.entity.name} ({p.resolution}, " if p.entity else "(not resolved, "
        facts.append(f"{p.role}: « {p.text} » = {name}{p.how})")
    if mention.theme:
        facts.append(f"theme: « {text[slice(*mention.theme)]} »")
    if mention.place:
        facts.append(f"place: « {text[mention.place[0] : mention.place[1]]} »")
    if mention.date:
        when = mention.date
        facts.append(f"date: « {text[when.text_start : when.text_end]} » = {when.start} to {when.end}, {when.granularity}, {when.basis}")
    facts += [f"amount: « {text[a.start : a.end]} »" for a in mention.amounts]
    if mention.attribution:
        source = mention.attribution
        name = f" = {source.entity.name}" if source.entity else ""
        facts.append(f"says: « {text[source.start : source.end]} »{name}")
    for fact in facts:
        out.print(Text(f"            {fact}"))
