"""`corpus-etl yank`: withdraw a bad release, with the reason."""

import argparse
from pathlib import Path
from typing import Any

from corpus_etl.release import yank

_EXAMPLES = """example:
  corpus-etl yank dist/news 1.3.0 --reason "dates of May read as March"
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "yank",
        help="withdraw a bad release",
        description="Mark a version as yanked in versions.json. Its files stay; `latest` names the newest good one.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("dataset", type=Path, help="dataset folder")
    parser.add_argument("version", help="version to withdraw")
    parser.add_argument("--reason", required=True, help="why, for those who have used it")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    index = yank(args.dataset, args.version, args.reason)
    print(f"{args.version} is yanked; latest is {index.latest or 'none'}")
    return 0
