"""The trained pipeline as spaCy sees it: a tokenizer and one component that fills in every annotation.

`nlp.pipe` batches texts; the component lays the sentences of a batch end to end, the longest first. Long ones are cut, so
that time and memory stay linear in the text.
"""

import json
import unicodedata
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

from .decoding import TagDecoder, heads_of
from .lexicon import apply_script, form_lexicon
from .names import shaped
from .network import Array, NameNetwork, Network, read_weights
from .tokenizer import normalise, pieces, token_rules, tokenize
from .vectors import WordVectors

_LETTERS = 20
_MAX_TOKENS = 250
_TOKENS_AT_ONCE = 6_000
_CACHED_WORDS = 100_000


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
    """Parts of speech, features, lemmas, tree and names of each Doc."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab, self.name = nlp.vocab, name
        self._closing = token_rules(nlp.tokenizer.code).closing
        self._loaded = False

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Analysis":
        """Read weights, labels and lexicon of a folder."""
        folder = Path(path)
        self._folder = folder
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._network = Network(read_weights(folder / "syntax.npz"))
        self._names = NameNetwork(read_weights(folder / "names.npz"))
        self._lexicon = form_lexicon(folder / "lexicon.npz")
        self._table = WordVectors(folder / "vectors.npz")
        self._word_ids: dict[str, int] = {w: i + 2 for i, w in enumerate(labels["words"])}
        self._plain_ids: dict[str, int] = {}
        for word, i in self._word_ids.items():
            self._plain_ids.setdefault(strip_accents(word), i)
        self._char_ids: dict[str, int] = {c: i + 4 for i, c in enumerate(labels["chars"])}
        self._bits: int = labels["bits"]
        self._source = labels["sources"].index("any")
        strings = self.vocab.strings
        self._upos: list[str] = labels["upos"]
        self._pos = np.array([IDS[u] for u in self._upos], dtype=np.uint64)
        self._feats = np.array([self.vocab.morphology.add(f) for f in labels["feats"]], dtype=np.uint64)
        self._scripts: list[str] = labels["lemmas"]
        self._rels = np.array(
            [strings.add("ROOT" if r == "root" else r) for r in labels["rels"]], dtype=np.uint64
        )
        self._rel_root = labels["rels"].index("root")
        self._punct = strings.add("punct")
        self._dep = strings.add("dep")
        self._decode = TagDecoder(labels["tags"])
        self._iob = np.array([{"O": 2, "B": 3, "I": 1}[t[0]] for t in labels["tags"]], dtype=np.uint64)
        self._kinds = np.array(
            [strings.add(t[2:]) if t != "O" else 0 for t in labels["tags"]], dtype=np.uint64
        )
        self._vectors: dict[str, tuple[Array, Array]] = {}
        self._loaded = True
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
        # Pieces of sentences: (Doc, indices of its tokens that are not space).
        jobs: list[tuple[int, list[int]]] = []
        for number, doc in enumerate(docs):
            words = [t.i for t in doc if not t.is_space]
            while words:
                cut = _cut(doc, words)
                jobs.append((number, words[:cut]))
                words = words[cut:]
        rows = [_blank(doc, self._dep) for doc in docs]
        jobs.sort(key=lambda job: -len(job[1]))
        group: list[tuple[int, list[int]]] = []
        held = 0
        for job in jobs:
            if group and held + len(job[1]) > _TOKENS_AT_ONCE:
                self._run(docs, rows, group)
                group, held = [], 0
            group.append(job)
            held += len(job[1])
        if group:
            self._run(docs, rows, group)
        for doc, row in zip(docs, rows, strict=True):
            if len(doc):
                doc.from_array([POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE], row)

    def _run(self, docs: list[Doc], rows: list[Any], group: list[tuple[int, list[int]]]) -> None:
        forms = [[normalise(docs[n][i].text) for i in words] for n, words in group]
        place: dict[str, int] = {}
        index = np.array([place.setdefault(f, len(place)) for sentence in forms for f in sentence])
        vectors, name_vectors = self._vectors_of(list(place))
        net = self._network
        sizes = np.array([len(f) for f in forms])
        scores = net.run(vectors, index, sizes, self._source)
        upos = scores.upos.argmax(axis=1)
        pos, feats = self._pos[upos], self._feats[scores.feats.argmax(axis=1)]
        scripts = scores.lemmas.argmax(axis=1)
        tags = self._names.run(name_vectors, index, sizes, self._source)
        trees = [heads_of(a) for a in scores.arcs]
        flat = np.array(
            [o + h if h >= 0 else -1 for o, tree in zip(scores.offsets, trees, strict=True) for h in tree]
        )
        heads = np.where((flat >= 0)[:, None], scores.rel_head[flat], scores.rel_root)
        relations = net.relations(scores.rel_dep, heads)
        relations[:, self._rel_root] = -1e9
        relations[flat < 0] = -1e9
        relations[flat < 0, self._rel_root] = 0.0
        rels = self._rels[relations.argmax(axis=1)]
        add = self.vocab.strings.add
        for (number, words), sentence, tree, offset in zip(group, forms, trees, scores.offsets, strict=True):
            row, here = rows[number], slice(offset, offset + len(words))
            at = np.array(words)
            row[at, 0], row[at, 1], row[at, 4] = pos[here], feats[here], rels[here]
            row[at, 2] = [
                add(self._lemma(form, self._upos[u], self._scripts[s]))
                for form, u, s in zip(sentence, upos[here], scripts[here], strict=True)
            ]
            row[at, 3] = np.array(
                [words[h] - i if h >= 0 else 0 for i, h in zip(words, tree, strict=True)]
            ).astype(np.uint64)
            found = self._decode(tags[here])
            parts = [self._upos[u] for u in upos[here]]
            best = shaped(found, self._decode.tags, sentence, parts, self._closing)
            row[at, 5], row[at, 6] = self._iob[best], self._kinds[best]

    def _lemma(self, form: str, upos: str, script: str) -> str:
        guess = apply_script(form, script)
        return self._lexicon.lemma(form, upos, guess if guess is not None else form.lower())

    def _vectors_of(self, forms: list[str]) -> tuple[Array, Array]:
        """Vectors of distinct `forms`, for the network of sentences and for that of names."""
        new = [f for f in forms if f not in self._vectors]
        if len(self._vectors) + len(new) > _CACHED_WORDS:
            self._vectors.clear()
            new = forms
        for k in range(0, len(new), 2_000):
            part = new[k : k + 2_000]
            features = [self._features(f) for f in part]
            arrays = (
                np.array([f[0] for f in features]),
                np.array([f[1] for f in features]),
                np.array([f[2] for f in features], dtype=np.float32),
                np.stack([self._table.of(form) for form in part]),
            )
            both = zip(self._network.words(*arrays), self._names.words(*arrays), strict=True)
            self._vectors.update(zip(part, both, strict=True))
        pairs = [self._vectors[f] for f in forms]
        return np.stack([p[0] for p in pairs]), np.stack([p[1] for p in pairs])

    def _features(self, form: str) -> tuple[int, list[int], list[int]]:
        low = form.lower()
        word = self._word_ids.get(low) or (self._plain_ids.get(low, 1) if low != form else 1)
        letters = form if len(form) <= _LETTERS - 2 else form[: _LETTERS - 10] + form[-8:]
        chars = [2, *(self._char_ids.get(c, 1) for c in letters), 3]
        bits = self._lexicon.mask(form)
        if low != form:
            lower = self._lexicon.mask(low) or self._lexicon.plain_mask(low)
            bits |= lower | ((1 << (self._bits - 1)) if lower else 0)
        bits = bits or 1 << (self._bits - 2)
        return word, chars + [0] * (_LETTERS - len(chars)), [bits >> k & 1 for k in range(self._bits)]


def strip_accents(word: str) -> str:
    """`word` without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _cut(doc: Doc, words: list[int]) -> int:
    """How many of `words` are parsed together: all, or up to the last punctuation that leaves a piece of bearable length."""
    if len(words) <= _MAX_TOKENS:
        return len(words)
    for k in range(_MAX_TOKENS, _MAX_TOKENS // 2, -1):
        if doc[words[k - 1]].text in ".!?;:,":
            return k
    return _MAX_TOKENS


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
