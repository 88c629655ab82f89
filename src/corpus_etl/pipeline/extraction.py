"""Extraction over the documents of a shard: a document that fails is rejected, the others go on."""

import logging
from dataclasses import dataclass
from datetime import date

import polars as pl

from corpus_etl import events, language, schemas
from corpus_etl.release.tables import reject_rows
from corpus_etl.release.validation import split_ungrounded
from corpus_etl.time import Interval

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Extracted:
    """What a shard yields; `rejects` holds failed documents and rows whose offsets were wrong."""

    mentions: pl.DataFrame
    participants: pl.DataFrame
    entities: pl.DataFrame
    rejects: pl.DataFrame


def extract_documents(
    texts: pl.DataFrame, sentences: pl.DataFrame, tokens: pl.DataFrame, threshold: float = 0.0
) -> Extracted:
    """Extract event mentions from analysed documents.

    `texts` has doc_id, text, lang, published_start and published_end; `sentences` and `tokens` are their analysis
    (`language.to_frames`). Rows whose offsets do not reproduce their words are rejected here, before anything is
    built on them. Mentions below `threshold` (confidence, 0 to 1) are left out.
    """
    source = dict(texts.select("doc_id", "text").iter_rows())
    meta = {row["doc_id"]: row for row in texts.drop("text").iter_rows(named=True)}
    results, failures = [], []
    for document in language.from_frames(sentences, tokens, source):
        row = meta[document.doc_id]
        try:
            published = _interval(row["published_start"], row["published_end"])
            results.append(events.extract(document, published, events.resources(row["lang"])))
        except Exception as error:  # one document must not stop the run; it is rejected with the reason
            log.warning("document %s rejected: %s: %s", document.doc_id, type(error).__name__, error)
            failures.append((document.doc_id, "extraction_failed", f"{type(error).__name__}: {error}"))
    mentions, participants, entities = events.concat_frames(results)
    mentions = mentions.filter(pl.col("confidence") >= threshold)
    mentions, lost_mentions, _ = split_ungrounded("mentions", mentions, mentions, texts, stage="extract")
    participants = participants.join(mentions.select("mention_id"), on="mention_id", how="semi")
    participants, lost_participants, _ = split_ungrounded(
        "participants", participants, mentions, texts, stage="extract"
    )
    return Extracted(
        mentions, participants, entities, pl.concat([_rejects(failures), lost_mentions, lost_participants])
    )


def _interval(start: date | None, end: date | None) -> Interval | None:
    return Interval(start, end) if start is not None and end is not None else None


def _rejects(failures: list[tuple[str, str, str]]) -> pl.DataFrame:
    frame = pl.DataFrame({"doc_id": [key for key, _, _ in failures]}, schema={"doc_id": pl.String})
    if frame.is_empty():
        return schemas.TABLES["rejects"].empty()
    return reject_rows(
        "extract", "documents", frame, [r for _, r, _ in failures], [d for _, _, d in failures]
    )
