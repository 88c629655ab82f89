"""`corpus-etl link`: link mentions of one's own into events and entities."""

import argparse
from pathlib import Path
from typing import Any

from corpus_etl import linking, schemas
from corpus_etl.release import open_release

_EXAMPLES = """examples:
  corpus-etl link --mentions M.parquet --participants P.parquet --documents D.parquet --out linked/
  corpus-etl link --mentions M.parquet --participants P.parquet --documents D.parquet --previous dist/news --out linked/
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "link",
        help="link mentions of one's own into events and entities",
        description="Link event mentions across documents. Reads tables with columns of the data contract (Parquet or JSON "
        "lines; missing columns count as null) and writes events, mentions, participants, entities, documents.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, what in (
        ("mentions", "event mentions: at least mention_id, doc_id, event_type"),
        ("participants", "participants: at least mention_id, role"),
        ("documents", "documents: at least doc_id"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE", help=what)
    parser.add_argument(
        "--entities", type=Path, metavar="FILE", help="entities that participants name by entity_id"
    )
    parser.add_argument(
        "--previous",
        type=Path,
        metavar="DIR",
        help="release or dataset folder from which event ids are carried forward",
    )
    parser.add_argument("--language", default="fr", help="language pack (default: fr)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the linked tables")


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    rows = linking.link_files(
        args.mentions,
        args.participants,
        args.documents,
        args.entities,
        args.out,
        previous=_previous(args.previous) if args.previous else None,
        event_types=schemas.event_types(),
        language=args.language,
    )
    print(
        f"Linked {rows.mentions} mentions of {rows.documents} documents into {rows.events} events "
        f"and {rows.entities} entities: {args.out}"
    )
    return 0


def _previous(path: Path) -> linking.Previous:
    release = open_release(path)
    return linking.Previous.read(release.scan, release.version)


def main() -> int:
    """Run the command on its own."""
    parser = argparse.ArgumentParser(prog="corpus-etl")
    subparsers = parser.add_subparsers(dest="command", required=True)
    add_parser(subparsers)
    return run(parser.parse_args())


if __name__ == "__main__":
    raise SystemExit(main())
