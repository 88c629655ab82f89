"""The stages over shards: plain functions that take and return paths, for flows, the command line and tests."""

from .parameters import Parameters
from .run import build
from .stages import (
    Plan,
    analyse_shard,
    collect_documents,
    extract_shard,
    ingest_shard,
    link_all,
    plan_corpus,
    publish_release,
)

__all__ = [
    "Parameters",
    "Plan",
    "analyse_shard",
    "build",
    "collect_documents",
    "extract_shard",
    "ingest_shard",
    "link_all",
    "plan_corpus",
    "publish_release",
]
