"""`corpus-etl build`: publish a release of a corpus."""

import argparse
from typing import Any

from .output import heading, print_best_events, print_release

_EXAMPLES = """examples:
  corpus-etl build --corpus corpora/openai-dispute --dataset openai-dispute
  corpus-etl build --corpus 'articles/2024-*/*.jsonl' --dataset news --out /data/releases --workers 4
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "build",
        help="publish a release of a corpus",
        description="Read raw texts (.txt, .jsonl), extract and link events, publish a release. Unchanged content publishes nothing.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--corpus", required=True, help="folder (read with its subfolders), file or glob pattern"
    )
    parser.add_argument(
        "--dataset", required=True, help="name of the dataset: lower-case letters, digits, hyphens"
    )
    parser.add_argument("--out", default="dist", help="folder of the datasets (default: dist)")
    parser.add_argument(
        "--language",
        action="append",
        dest="languages",
        metavar="CODE",
        help="language to extract from (default: fr); repeatable",
    )
    parser.add_argument("--workers", type=int, help="number of processes (default: one per processor)")
    parser.add_argument("--extractor", default="rules", help="extractor (default: rules)")
    parser.add_argument(
        "--threshold",
        type=float,
        default=0.0,
        help="leave out mentions of smaller confidence, 0 to 1 (default: 0)",
    )
    parser.add_argument(
        "--created",
        default="",
        help="time of the release, ISO 8601 (default: now); give it to rebuild equal bytes",
    )
    parser.add_argument("--licence", default="", help="SPDX id of the licence of the dataset")
    parser.add_argument(
        "--gold",
        action="append",
        help="annotations of documents of the corpus, to score the release with; repeatable",
    )
    parser.add_argument("--work", default="", help="folder for stage files (default: .work in OUT)")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    from corpus_etl.pipeline import Parameters, build
    from corpus_etl.pipeline.parameters import default_workers

    parameters = Parameters(
        dataset=args.dataset,
        corpus=args.corpus,
        out=args.out,
        languages=tuple(args.languages or ("fr",)),
        workers=default_workers() if args.workers is None else args.workers,
        extractor=args.extractor,
        threshold=args.threshold,
        created=args.created,
        licence=args.licence,
        gold=tuple(args.gold or ()),
        work=args.work,
    )
    published = build(parameters)
    print_release(published.folder, published.new)
    if published.rows["events"]:
        heading("Best-attested events")
        print_best_events(published.folder)
    return 0
