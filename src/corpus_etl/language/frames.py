"""The analysis as frames: how it is kept between the stages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

import polars as pl

from .types import AnalysedDocument, Sentence, Token

SENTENCES = {"doc_id": pl.String, "index": pl.Int32, "start": pl.Int32, "end": pl.Int32}
"""Columns of the sentences, also of those without tokens."""
TOKENS = {
    "doc_id": pl.String,
    "sentence": pl.Int32,
    "i": pl.Int32,
    "start": pl.Int32,
    "end": pl.Int32,
    "text": pl.String,
    "lemma": pl.String,
    "upos": pl.String,
    "feats": pl.String,
    "head": pl.Int32,
    "deprel": pl.String,
    "entity": pl.String,
    "entity_iob": pl.String,
}
"""Columns of the tokens: doc_id, index of the sentence, then the fields of `Token`."""
_FIELDS = [f.name for f in fields(Token)]


def to_frames(documents: Iterable[AnalysedDocument]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sentences and tokens of `documents` as frames, in their order."""
    sentences: list[tuple[object, ...]] = []
    tokens: list[tuple[object, ...]] = []
    for document in documents:
        for s in document.sentences:
            sentences.append((document.doc_id, s.index, s.start, s.end))
            tokens.extend((document.doc_id, s.index, *(getattr(t, f) for f in _FIELDS)) for t in s.tokens)
    return (
        pl.DataFrame(sentences, schema=SENTENCES, orient="row"),
        pl.DataFrame(tokens, schema=TOKENS, orient="row"),
    )


def from_frames(
    sentences: pl.DataFrame, tokens: pl.DataFrame, texts: Mapping[str, str]
) -> Iterator[AnalysedDocument]:
    """The documents of `to_frames`, in the order of `texts` (doc_id to source text); all of `texts`."""
    by_sentence: dict[tuple[str, int], list[Token]] = {}
    for doc_id, index, *values in tokens.select("doc_id", "sentence", *_FIELDS).iter_rows():
        by_sentence.setdefault((doc_id, index), []).append(Token(*values))
    by_document: dict[str, list[Sentence]] = {}
    for doc_id, index, start, end in sentences.select(*SENTENCES).iter_rows():
        found = tuple(by_sentence.get((doc_id, index), ()))
        by_document.setdefault(doc_id, []).append(Sentence(index, start, end, found))
    for doc_id, text in texts.items():
        yield AnalysedDocument(doc_id, text, tuple(by_document.get(doc_id, ())))
