"""`corpus-etl evaluate`: scores of a release against annotated texts."""

import argparse
from pathlib import Path
from typing import Any

import orjson
from rich.table import Table

from corpus_etl.errors import ConfigurationError
from corpus_etl.evaluation import Scores, read_gold, read_predictions, score
from corpus_etl.release import open_release

from .output import console, heading

_TABLES = ("documents", "mentions", "participants", "entities")
_EXAMPLES = """examples:
  corpus-etl evaluate dist/openai-dispute tests/gold/read/openai-dispute.jsonl
  corpus-etl evaluate dist/news annotated/*.jsonl --json
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "evaluate",
        help="scores of a release against annotated texts",
        description="Score the mentions of a release: trigger, arguments, date, amounts, factuality, attribution, coreference; by type, with 95 %% intervals.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("release", help="release folder, or dataset folder for its latest release")
    parser.add_argument(
        "gold", nargs="+", type=Path, help="annotations, JSON lines; documents are matched by file name"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    missing = [str(path) for path in args.gold if not path.is_file()]
    if missing:
        raise ConfigurationError(f"no annotations at {', '.join(missing)}")
    gold = read_gold(args.gold)
    release = open_release(args.release)
    result = score(gold, read_predictions({name: release.read(name) for name in _TABLES}, set(gold)))
    if args.json:
        print(orjson.dumps(result.to_dict(), option=orjson.OPT_INDENT_2).decode())
    else:
        _print(result)
    return 0


def _print(result: Scores) -> None:
    out = console()
    out.print(f"{result.documents} annotated documents", highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("measure", "precision", "recall", "F1", "95 % of F1"):
        table.add_column(name, justify="left" if name == "measure" else "right")
    for name, values in result.measures.items():
        if "f1" in values:
            low_high = result.intervals.get(name)
            between = f"{low_high[0]:.3f} to {low_high[1]:.3f}" if low_high else ""
            table.add_row(name, *(f"{values[k]:.3f}" for k in ("precision", "recall", "f1")), between)
    out.print(table)
    for name in ("date", "factuality", "attribution"):
        out.print(
            f"{name}: " + ", ".join(f"{k} {v:.3f}" for k, v in result.measures[name].items() if k != "gold"),
            highlight=False,
        )
    c = result.coreference
    out.print(
        f"coreference: CoNLL {c.conll:.3f}, B3 {c.b3:.3f} (precision {c.b3_precision:.3f}, recall {c.b3_recall:.3f})",
        highlight=False,
    )
    heading("By type")
    types = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("event type", "precision", "recall", "F1", "gold"):
        types.add_column(name, justify="left" if name == "event type" else "right")
    for name, values in result.by_type.items():
        types.add_row(
            name, *(f"{values[k]:.2f}" for k in ("precision", "recall", "f1")), f"{values['gold']:.0f}"
        )
    out.print(types)
