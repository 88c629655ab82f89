"""Entry point of `corpus-etl`: 0 done, 1 failed checks, 2 wrong use."""

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module

from corpus_etl import __version__, process
from corpus_etl.errors import CheckFailed, ConfigurationError

COMMANDS = ("build", "show", "evidence", "verify", "dates", "explain", "link", "evaluate", "yank")
"""One module of `corpus_etl.cli` each, with `add_parser(subparsers)` and `run(args) -> int`."""

_EXAMPLES = """examples:
  corpus-etl build --corpus articles/ --dataset news --out dist   publish a release
  corpus-etl show dist/news --type justice.sue --actor Musk       look at its events
  corpus-etl evidence e1f0c3... dist/news                         see the words that prove one
  corpus-etl verify dist/news --corpus articles/                  check every hash and offset

exit codes: 0 done, 1 failed checks, 2 wrong use
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    process.prepare()
    parser = argparse.ArgumentParser(
        prog="corpus-etl",
        description="From raw French news text to a versioned event dataset, every row with its evidence.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"corpus-etl {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    arguments = list(sys.argv[1:] if argv is None else argv)
    # A command imports what it needs; only the overview imports them all.
    known = [a for a in arguments[:1] if a in COMMANDS]
    for name in known or COMMANDS:
        import_module(f"corpus_etl.cli.{name}").add_parser(subparsers)
    args = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        return int(import_module(f"corpus_etl.cli.{args.command}").run(args))
    except ConfigurationError as error:
        print(f"corpus-etl: {error}", file=sys.stderr)
        return 2
    except CheckFailed as error:
        print(f"corpus-etl: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of a pipe, such as head, has seen enough.
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
