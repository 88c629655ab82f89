"""`corpus-etl verify`: hashes, schemas, foreign keys and, given the corpus, every offset."""

import argparse
from typing import Any

import polars as pl

from corpus_etl.release import open_release, verify

_SHOWN = 10
_EXAMPLES = """examples:
  corpus-etl verify dist/openai-dispute/1.0.0
  corpus-etl verify dist/openai-dispute --corpus corpora/openai-dispute
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "verify",
        help="check a release",
        description="Check a release: SHA-256 of its files, schemas, foreign keys, both formats against each other and, "
        "with --corpus, that all offsets reproduce the words. Exit code 1 where a check fails.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("release", help="release folder, or dataset folder for its latest release")
    parser.add_argument(
        "--corpus", help="the raw texts from which it was built: folder, file or glob pattern"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    release = open_release(args.release)
    checks = verify(release, _texts(args.corpus) if args.corpus else None)
    for check in checks:
        print(f"{'passed' if check.passed else 'FAILED'}  {check.name} ({check.looked_at})")
        for problem in check.problems[:_SHOWN]:
            print(f"        {problem}")
        if len(check.problems) > _SHOWN:
            print(f"        … and {len(check.problems) - _SHOWN} more")
    return 0 if all(check.passed for check in checks) else 1


def _texts(corpus: str) -> pl.DataFrame:
    from corpus_etl import ingest

    found = ingest.discover(corpus)
    frames = [
        ingest.read_shard(found.root, shard)[0] for shard in ingest.cut_shards(found.root, found.sources)
    ]
    columns = ["source", "source_sha256", "text"]
    return (
        pl.concat([f.select(columns) for f in frames])
        if frames
        else pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    )
