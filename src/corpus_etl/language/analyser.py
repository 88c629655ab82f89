"""The analyser of a language: its model, loaded once per process."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from .lexicon import FormLexicon, form_lexicon
from .pack import pack
from .prefilter import Prefilter
from .sentences import split_sentences
from .tokenizer import normalise
from .types import AnalysedDocument, Sentence, Token

_KINDS = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
_DOCUMENTS_AT_ONCE = 64
_SENTENCES_AT_ONCE = 512


class Analyser:
    """Sentences and tokens of texts in one language."""

    def __init__(self, code: str, model: Path) -> None:
        self.code = code
        self._model = model

    @cached_property
    def _nlp(self) -> Any:
        import spacy

        # Registers the component and the tokenizer that models are made of.
        from .component import RuleTokenizer

        nlp = spacy.load(self._model)
        nlp.tokenizer = RuleTokenizer(nlp.vocab, self.code)
        return nlp

    @property
    def pipeline(self) -> Any:
        """The spaCy pipeline itself: to measure and to train, not for the stages."""
        return self._nlp

    @cached_property
    def version(self) -> str:
        """Version of the model, read without loading it."""
        return str(json.loads((self._model / "meta.json").read_text(encoding="utf-8"))["version"])

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over names and contents of the model's files."""
        digest = sha256()
        for path in sorted(p for p in self._model.rglob("*") if p.is_file()):
            digest.update(path.relative_to(self._model).as_posix().encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def analyse(
        self, texts: Iterable[tuple[str, str]], prefilter: Prefilter | None = None
    ) -> Iterator[AnalysedDocument]:
        """Analyse (doc_id, text) pairs, in order. With a prefilter, other sentences stay without tokens."""
        pairs = iter(texts)
        while batch := list(islice(pairs, _DOCUMENTS_AT_ONCE)):
            yield from self._batch(batch, prefilter)

    def _batch(
        self, pairs: Sequence[tuple[str, str]], prefilter: Prefilter | None
    ) -> Iterator[AnalysedDocument]:
        spans: list[tuple[int, int, int]] = []
        jobs: list[tuple[str, int]] = []
        found = [split_sentences(text, self.code) for _, text in pairs]
        words = [[text[a:b] for a, b in f] for (_, text), f in zip(pairs, found, strict=True)]
        wanted = prefilter.keep_all(words) if prefilter else [[True] * len(f) for f in found]
        for number, places in enumerate(found):
            jobs += [
                (normalise(w), len(spans) + i)
                for i, (w, parse) in enumerate(zip(words[number], wanted[number], strict=True))
                if parse
            ]
            spans += [(number, a, b) for a, b in places]
        tokens: dict[int, tuple[Token, ...]] = {}
        # Sorted by length for even batches; the order does not reach the result.
        jobs.sort(key=lambda job: (len(job[0]), job[0]))
        for doc, index in self._nlp.pipe(jobs, as_tuples=True, batch_size=_SENTENCES_AT_ONCE):
            number, start, _ = spans[index]
            tokens[index] = _tokens(doc, start, pairs[number][1])
        numbered = enumerate(spans)
        sentences = {
            number: [
                Sentence(i, span[1], span[2], tokens.get(index, ())) for i, (index, span) in enumerate(group)
            ]
            for number, group in groupby(numbered, key=lambda item: item[1][0])
        }
        for number, (doc_id, text) in enumerate(pairs):
            yield AnalysedDocument(doc_id, text, tuple(sentences.get(number, ())))


def _tokens(doc: Any, start: int, text: str) -> tuple[Token, ...]:
    """The tokens of a parsed sentence that begins at `start`, without those that are only space."""
    kept = [t for t in doc if not t.is_space]
    place = {t.i: n for n, t in enumerate(kept)}
    result = []
    for n, token in enumerate(kept):
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        begin, end = start + token.idx, start + token.idx + len(token.text)
        entity = _KINDS.get(token.ent_type_, "")
        result.append(
            Token(
                i=n,
                start=begin,
                end=end,
                text=text[begin:end],
                lemma=token.lemma_ or token.lower_,
                upos=token.pos_ or "X",
                feats=str(token.morph),
                head=place.get(head.i, n),
                deprel="root" if token.dep_ in ("ROOT", "") else token.dep_,
                entity=entity,
                entity_iob=token.ent_iob_ if entity else "O",
            )
        )
    return tuple(result)


@cache
def load(code: str) -> Analyser:
    """The analyser of a language; its model is read at the first text. Raises ConfigurationError without a pack."""
    return Analyser(code, pack(code).path("model"))


def forms(code: str, lemma: str) -> list[str]:
    """Inflected forms of a lemma by the lexicon of the pack, lower case; the lemma alone where it lacks it."""
    return _lexicon(code).forms(lemma) or [lemma]


def lemmas(code: str, form: str, upos: str) -> list[str]:
    """Lemmas of a form as a part of speech by the lexicon of the pack."""
    return _lexicon(code).lemmas(form, upos)


def _lexicon(code: str) -> FormLexicon:
    return form_lexicon(pack(code).path("model", "analysis", "lexicon.npz"))


def describe(code: str) -> dict[str, str]:
    """Version and SHA-256 of the model of a language."""
    analyser = load(code)
    return {"version": analyser.version, "sha256": analyser.sha256}
