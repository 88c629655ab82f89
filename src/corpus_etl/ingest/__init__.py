"""Ingest: files to documents with their source text, publication date, language and duplicates."""

from .decode import Undecodable, decode
from .discover import Discovery, Source, discover
from .documents import DOCUMENT_COLUMNS, read_shard
from .duplicates import find_duplicates
from .shards import Shard, cut_shards

__all__ = [
    "DOCUMENT_COLUMNS",
    "Discovery",
    "Shard",
    "Source",
    "Undecodable",
    "cut_shards",
    "decode",
    "discover",
    "find_duplicates",
    "read_shard",
]
