"""`corpus-etl dates`: the temporal expressions and amounts of a file, as a table or as JSON lines."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from corpus_etl import amounts, time
from corpus_etl.errors import ConfigurationError

_EXAMPLES = """examples:
  corpus-etl dates article.txt --date 2024-03-05
  echo "Il a quitté OpenAI mardi dernier." | corpus-etl dates - --date 2024-03-05
  corpus-etl dates --jsonl < texts.jsonl > spans.jsonl
"""


def add_parser(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "dates",
        help="print the dates, durations and amounts that a text contains",
        description="Find temporal expressions and amounts in FILE (`-`: standard input) and print what they denote.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a text file in UTF-8")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="date of the document (default: found in the text)")
    parser.add_argument("--jsonl", action="store_true", help="read JSON lines id, text, reference; write id, spans")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    if args.jsonl:
        _jsonl(sys.stdin, sys.stdout)
        return 0
    if not args.file:
        raise ConfigurationError("dates: give a FILE, or --jsonl")
    try:
        text = sys.stdin.read() if args.file == "-" else Path(args.file).read_text(encoding="utf-8")
        reference = _reference(args.date)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"dates: {error}") from None
    if reference is None:
        reference = time.document_date(text).interval
    _table(text, reference, sys.stdout)
    return 0


def _reference(value: str | None) -> time.Interval | datetime | None:
    """A reference: an instant, or the interval of a year or month."""
    if not value:
        return None
    if len(value) == 7:
        start = date.fromisoformat(f"{value}-01")
        end = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return time.Interval(start, end)
    if len(value) == 4:
        return time.Interval(date(int(value), 1, 1), date(int(value) + 1, 1, 1))
    return datetime.fromisoformat(value.replace("Z", "")).replace(tzinfo=None)


def _table(text: str, reference: time.Interval | datetime | None, out: TextIO) -> None:
    rows: list[tuple[int, str, str, str]] = []
    for e in time.annotate(text, reference):
        value = f"{e.value_start} .. {e.value_end}" if e.value_start else e.timex_value
        note = ", ".join(filter(None, (e.granularity, e.basis, "approximate" if e.approx else "")))
        rows.append((e.start, f"{e.start}-{e.end}", e.text, f"{e.kind}  {value}  ({note})"))
    for a in amounts.annotate(text):
        low_high = f"{_number(a.low)} .. {_number(a.high)}" if a.value is None else _number(a.value)
        note = f"  ({a.comparison})" if a.comparison else ""
        rows.append((a.start, f"{a.start}-{a.end}", a.text, f"amount  {low_high} {a.currency or a.unit or ''}{note}"))
    rows.sort()
    width = min(40, max((len(r[2]) for r in rows), default=0))
    for _, offsets, words, meaning in rows:
        print(f"{offsets:>13}  {' '.join(words.split()):{width}}  {meaning}", file=out)


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.15g}"


def _jsonl(source: Iterable[str], out: TextIO) -> None:
    for line in source:
        if not line.strip():
            continue
        record = json.loads(line)
        text = record["text"]
        spans = [_amount_span(a) for a in amounts.annotate(text, numbers=True)]
        for e in time.annotate(text, _reference(record.get("reference"))):
            spans += [_span(part) for part in e.parts]
            spans.append(_span(e))
        print(json.dumps({"id": record["id"], "spans": spans}, ensure_ascii=False), file=out)


def _span(e: time.TemporalExpression) -> dict[str, Any]:
    start: str | None = e.value_start.isoformat() if e.value_start else None
    end: str | None = e.value_end.isoformat() if e.value_end else None
    if e.instant_start is not None:
        start = e.instant_start.isoformat()
        end = e.instant_end.isoformat() if e.instant_end is not None else None
    return {
        "start": e.start,
        "end": e.end,
        "kind": e.kind,
        "value_start": start,
        "value_end": end,
        "timex": e.timex_value,
    }


def _amount_span(a: amounts.Amount) -> dict[str, Any]:
    span: dict[str, Any] = {"start": a.start, "end": a.end, "kind": "number" if a.kind == "count" else a.kind, "amount": a.value, "currency": a.currency}
    if a.low is not None:
        span["amount_min"] = a.low
    if a.high is not None:
        span["amount_max"] = a.high
    return span


def _main() -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return run(parser.parse_args(["dates", *sys.argv[1:]]))


if __name__ == "__main__":
    sys.exit(_main())
