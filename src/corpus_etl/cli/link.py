"""`corpus-etl link`: link mentions of one's own into events and entities."""

import argparse
from pathlib import Path
from typing import Any

import polars as pl

from corpus_etl import linking, schemas
from corpus_etl.errors import ConfigurationError
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
    mentions, participants, documents = (_read(p) for p in (args.mentions, args.participants, args.documents))
    linked = linking.link(
        mentions,
        participants,
        documents,
        _read(args.entities) if args.entities else None,
        previous=_previous(args.previous) if args.previous else None,
        event_types=schemas.event_types(),
        language=args.language,
    )
    args.out.mkdir(parents=True, exist_ok=True)
    tables = {
        "events": linked.events,
        "mentions": linked.mentions,
        "participants": linked.participants,
        "entities": linked.entities,
        "documents": documents,
    }
    for name, frame in tables.items():
        frame.write_parquet(args.out / f"{name}.parquet", compression="zstd")
    print(
        f"Linked {linked.mentions.height} mentions of {documents.height} documents into {linked.events.height} events "
        f"and {linked.entities.height} entities: {args.out}"
    )
    return 0


def _read(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise ConfigurationError(f"no table at {path}")
    return pl.read_ndjson(path) if path.suffix in (".jsonl", ".ndjson") else pl.read_parquet(path)


def _previous(path: Path) -> linking.Previous:
    release = open_release(path)
    return linking.Previous(
        release.read("events"), release.read("mentions"), release.read("participants"), release.version
    )


def main() -> int:
    """Run the command on its own."""
    parser = argparse.ArgumentParser(prog="corpus-etl")
    subparsers = parser.add_subparsers(dest="command", required=True)
    add_parser(subparsers)
    return run(parser.parse_args())


if __name__ == "__main__":
    raise SystemExit(main())
