"""Read a shard: raw records to document rows with their source text, and rejects with their reasons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from corpus_etl import schemas
from corpus_etl.ids import doc_id, sha256_hex
from corpus_etl.time import document_date

from .decode import Undecodable, decode
from .duplicates import sketch
from .shards import Part, Shard

MAX_CHARS = 1_000_000
"""A longer document is rejected: no article has a million characters."""

_CONTRACT = schemas.TABLES["documents"].dtypes
DOCUMENT_COLUMNS: dict[str, Any] = {
    **{name: dtype for name, dtype in _CONTRACT.items() if name not in ("n_sentences", "n_mentions")},
    "text": pl.String,
    "sketch": pl.List(pl.UInt32),
}
"""Columns of an ingested document: the contract's without the counts of later stages, the text, its sketch."""
_REJECTS = schemas.TABLES["rejects"].dtypes


@dataclass(frozen=True, slots=True)
class _Record:
    source: str
    raw: bytes
    text: str
    encoding: str
    file_name: str
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reject:
    source: str
    reason: str
    detail: str


def read_shard(root: Path, shard: Shard, max_chars: int = MAX_CHARS) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read the documents of a shard.

    Returns (documents, rejects): documents with `DOCUMENT_COLUMNS`, sorted by source, copies not yet told apart;
    rejects in the columns of the contract. Every file and record is in one of the two.
    """
    rows: list[dict[str, Any]] = []
    rejects: list[_Reject] = []
    for part in shard.parts:
        for item in _read_part(root, part, max_chars):
            if isinstance(item, _Reject):
                rejects.append(item)
            else:
                rows.append(_row(item))
    documents = pl.DataFrame(rows, schema=DOCUMENT_COLUMNS, orient="row").sort("source")
    return documents, reject_rows((r.source, r.reason, r.detail) for r in rejects)


def reject_rows(rejects: Iterator[tuple[str, str, str]]) -> pl.DataFrame:
    """Rejects of the ingest stage from (source, reason, detail), in the columns of the contract."""
    rows = [
        {
            "stage": "ingest",
            "table": "documents",
            "key": source,
            "reason": reason,
            "detail": detail,
            "row": None,
        }
        for source, reason, detail in rejects
    ]
    return pl.DataFrame(rows, schema=_REJECTS).sort("key", "reason")


def _read_part(root: Path, part: Part, max_chars: int) -> Iterator[_Record | _Reject]:
    try:
        with (root / part.name).open("rb") as file:
            if part.format == "text":
                # Four bytes is the longest code point of UTF-8; more is too long whatever it decodes to.
                if part.end > 4 * max_chars:
                    yield _too_long(part.name, f"{part.end} bytes", max_chars)
                    return
                yield _text_record(part.name, file.read(), max_chars)
                return
            file.seek(part.begin)
            data = file.read(part.end - part.begin)
    except OSError as error:
        yield _Reject(part.name, "unreadable_file", f"{error.strerror}: check that the file can be read")
        return
    yield from _records(part, data, max_chars)


def _too_long(source: str, size: str, max_chars: int) -> _Reject:
    return _Reject(source, "too_long", f"{size}; at most {max_chars} characters: split it into articles")


def _text_record(name: str, raw: bytes, max_chars: int) -> _Record | _Reject:
    try:
        text, encoding = decode(raw)
    except Undecodable as error:
        return _Reject(name, error.reason, error.detail)
    if len(text) > max_chars:
        return _too_long(name, f"{len(text)} characters", max_chars)
    return _Record(name, raw, text, encoding, name)


def _records(part: Part, data: bytes, max_chars: int) -> Iterator[_Record | _Reject]:
    if not data.strip():
        yield _Reject(part.name, "empty", f"{len(data)} bytes, no record")
        return
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, part.first):
        if line.strip():
            yield _record(f"{part.name}#{number}", part.name, line.rstrip(b"\r"), max_chars)


def _record(source: str, file_name: str, line: bytes, max_chars: int) -> _Record | _Reject:
    if len(line) > 8 * max_chars:
        return _too_long(source, f"{len(line)} bytes", max_chars)
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            record = orjson.loads(decode(line)[0])
        except (orjson.JSONDecodeError, Undecodable):
            return _Reject(source, "invalid_json", f"{error}: the line is no JSON object")
    if not isinstance(record, dict):
        return _Reject(source, "invalid_json", f"{type(record).__name__} instead of an object with `text`")
    text = record.get("text")
    if not isinstance(text, str):
        return _Reject(source, "missing_text", "the record has no string `text`")
    if not text.strip():
        return _Reject(source, "empty", "`text` is empty")
    if len(text) > max_chars:
        return _too_long(source, f"{len(text)} characters", max_chars)
    return _Record(source, line, text, "json", file_name, record)


def _row(record: _Record) -> dict[str, Any]:
    sha = sha256_hex(record.raw)
    title, url = _string(record.metadata.get("title")), _string(record.metadata.get("url"))
    lang, score = _language(record.text)
    published = document_date(
        record.text,
        metadata=_string(record.metadata.get("date")),
        url=url,
        file_name=record.file_name.rsplit("/", 1)[-1],
    )
    return {
        "doc_id": doc_id(sha),
        "source": record.source,
        "source_sha256": sha,
        "title": title,
        "lang": lang,
        "lang_score": score,
        "published_start": published.interval.start if published.interval else None,
        "published_end": published.interval.end if published.interval else None,
        "published_granularity": published.granularity,
        "published_basis": published.basis,
        "n_chars": len(record.text),
        "duplicate_of": None,
        "duplicate_similarity": None,
        "record_id": _string(record.metadata.get("id")),
        "url": url,
        "encoding": record.encoding,
        "text": record.text,
        "sketch": sketch(record.text),
    }


def _string(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _language(text: str) -> tuple[str, float]:
    """Language of the first 2,000 characters and its probability (langid.py, Lui and Baldwin 2012)."""
    lang, probability = _identifier().classify(text[:2000])
    return str(lang), round(float(probability), 4)
