"""The analyser of a language: its model, loaded once per process."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from .annotation import Annotator
from .lexicon import FormLexicon, form_lexicon
from .pack import pack
from .prefilter import Prefilter
from .sentences import split_sentences
from .tokenizer import normalise, tokenize
from .types import AnalysedDocument, Sentence, Token

_KINDS = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
_DOCUMENTS_AT_ONCE = 64


class Analyser:
    """Sentences and tokens of texts in one language."""

    def __init__(self, code: str, model: Path) -> None:
        self.code = code
        self._model = model

    @cached_property
    def _annotator(self) -> Annotator:
        return Annotator(self._model / "analysis", self.code)

    @cached_property
    def pipeline(self) -> Any:
        """The model as a spaCy pipeline: for users of spaCy and to compare speed, not for the stages."""
        import spacy

        # Registers the component and the tokenizer that models are made of.
        from .component import RuleTokenizer

        nlp = spacy.load(self._model)
        nlp.tokenizer = RuleTokenizer(nlp.vocab, self.code)
        return nlp

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
        parsed = self._parsed(jobs, [(spans[k][1], pairs[spans[k][0]][1]) for _, k in jobs])
        numbered = enumerate(spans)
        sentences = {
            number: [
                Sentence(i, span[1], span[2], parsed.get(index, ())) for i, (index, span) in enumerate(group)
            ]
            for number, group in groupby(numbered, key=lambda item: item[1][0])
        }
        for number, (doc_id, text) in enumerate(pairs):
            yield AnalysedDocument(doc_id, text, tuple(sentences.get(number, ())))

    def _parsed(
        self, jobs: Sequence[tuple[str, int]], sources: Sequence[tuple[int, str]]
    ) -> dict[int, tuple[Token, ...]]:
        """Tokens of (sentence, number) jobs by number; `sources`: where each begins in its text, and that text."""
        model = self._annotator
        places = [tokenize(sentence, self.code) for sentence, _ in jobs]
        words = [[s[a:b] for a, b in at] for (s, _), at in zip(jobs, places, strict=True)]
        entities = [(_KINDS[t[2:]], t[0]) if t != "O" else ("", "O") for t in model.tags]
        result = {}
        for k, found in enumerate(model.annotate(words)):
            start, text = sources[k]
            columns = (found.upos, found.feats, found.lemmas, found.heads, found.rels, found.names)
            result[jobs[k][1]] = tuple(
                Token(
                    i=i,
                    start=start + a,
                    end=start + b,
                    text=text[start + a : start + b],
                    lemma=lemma,
                    upos=model.upos[upos],
                    feats=model.feats[feats],
                    head=head if head >= 0 else i,
                    deprel=model.rels[rel],
                    entity=entities[name][0],
                    entity_iob=entities[name][1],
                )
                for i, ((a, b), upos, feats, lemma, head, rel, name) in enumerate(
                    zip(places[k], *columns, strict=True)
                )
            )
        return result


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
