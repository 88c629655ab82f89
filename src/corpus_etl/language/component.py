"""The model as spaCy sees it: a tokenizer and one component that fills in every annotation.

For users of spaCy and to compare speed; the analyser asks the annotator directly.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy import Language
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc

from .annotation import Annotator
from .tokenizer import normalise, pieces, tokenize


class RuleTokenizer:
    """spaCy's tokenizer slot, filled by the rules of the pack. Takes any text; its Doc gives it back to the letter."""

    def __init__(self, vocab: Any, code: str) -> None:
        self.vocab, self.code = vocab, code

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`."""
        words, spaces = [], []
        for word, space in pieces(text, tokenize(text, self.code)):
            words.append(word)
            spaces.append(space)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing is kept: the rules are in the pack."""

    def from_disk(self, path: Any, **_: Any) -> "RuleTokenizer":
        """See `to_disk`."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """See `to_disk`."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> "RuleTokenizer":
        """See `to_disk`."""
        return self


@spacy.registry.tokenizers("corpus_etl.rules.v1")
def make_tokenizer(code: str) -> Any:
    """For the model's config."""

    def make(nlp: Language) -> RuleTokenizer:
        return RuleTokenizer(nlp.vocab, code)

    return make


class Analysis:
    """Parts of speech, features, lemmas, tree and names of each Doc, which it takes for one sentence."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab, self.name = nlp.vocab, name
        self._code: str = nlp.tokenizer.code

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Analysis":
        """Read weights, labels and lexicon of a folder."""
        self._folder = Path(path)
        self._annotator = Annotator(self._folder, self._code)
        strings = self.vocab.strings
        self._pos = np.array([IDS[u] for u in self._annotator.upos], dtype=np.uint64)
        self._feats = np.array([self.vocab.morphology.add(f) for f in self._annotator.feats], dtype=np.uint64)
        rels, tags = self._annotator.rels, self._annotator.tags
        self._rels = np.array([strings.add("ROOT" if r == "root" else r) for r in rels], dtype=np.uint64)
        self._dep = strings.add("dep")
        self._iob = np.array([{"O": 2, "B": 3, "I": 1}[t[0]] for t in tags], dtype=np.uint64)
        self._kinds = np.array([strings.add(t[2:]) if t != "O" else 0 for t in tags], dtype=np.uint64)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the files."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        for source in sorted(self._folder.iterdir()):
            (target / source.name).write_bytes(source.read_bytes())

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc], batch_size=1))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotate Docs, in order."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: list[Doc]) -> None:
        words = [[t.i for t in doc if not t.is_space] for doc in docs]
        forms = [[normalise(doc[i].text) for i in at] for doc, at in zip(docs, words, strict=True)]
        add = self.vocab.strings.add
        for doc, at, found in zip(docs, words, self._annotator.annotate(forms), strict=True):
            if not len(doc):
                continue
            row = _blank(doc, self._dep)
            row[at, 0], row[at, 1] = self._pos[found.upos], self._feats[found.feats]
            row[at, 2] = [add(lemma) for lemma in found.lemmas]
            steps = [at[h] - i if h >= 0 else 0 for i, h in zip(at, found.heads, strict=True)]
            row[at, 3] = np.array(steps, dtype=np.int64).astype(np.uint64)
            row[at, 4] = self._rels[found.rels]
            row[at, 5], row[at, 6] = self._iob[found.names], self._kinds[found.names]
            doc.from_array([POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE], row)


def _blank(doc: Doc, dep: int) -> Any:
    """Rows of a Doc in which white space hangs on the token before it (behind it, at the start)."""
    row = np.zeros((len(doc), 7), dtype=np.uint64)
    row[:, 5] = 2
    last = -1
    space = IDS["SPACE"]
    following = next((t.i for t in doc if not t.is_space), -1)
    for token in doc:
        if not token.is_space:
            last = token.i
            continue
        target = last if last >= 0 else following
        row[token.i, 0] = space
        row[token.i, 2] = token.orth
        row[token.i, 3] = np.int64(target - token.i if target >= 0 else 0).astype(np.uint64)
        row[token.i, 4] = dep
    return row


@Language.factory("corpus_etl_analysis")
def make_analysis(nlp: Language, name: str) -> Analysis:
    """For the model's config."""
    return Analysis(nlp, name)
