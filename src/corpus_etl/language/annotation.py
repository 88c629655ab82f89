"""Words to annotations: the networks of a model with its lexicon and vectors.

Sentences of a batch are laid end to end, the longest first. Long ones are cut, so that time and memory stay linear in the text.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .decoding import TagDecoder, heads_of
from .lexicon import apply_script, form_lexicon
from .names import shaped
from .network import Array, NameNetwork, Network, read_weights
from .tokenizer import token_rules
from .vectors import WordVectors

_LETTERS = 20
_MAX_TOKENS = 250
_TOKENS_AT_ONCE = 3_000
_CACHED_WORDS = 100_000
_CUTS = frozenset(".!?;:,")


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the model says of the words of a sentence, one value a word: numbers of the annotator's labels, lemmas, and
    heads as indices in the sentence (-1: a root; a sentence that was cut has several)."""

    upos: list[int] = field(default_factory=list)
    feats: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)


class Annotator:
    """Parts of speech, features, lemmas, tree and names of sentences given as words (`tokenizer.normalise`)."""

    def __init__(self, folder: Path, code: str) -> None:
        """Read weights, labels and lexicon of a model's folder; `code`: the language whose token rules hold."""
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.upos: list[str] = labels["upos"]
        self.feats: list[str] = labels["feats"]
        self.rels: list[str] = labels["rels"]
        self.tags: list[str] = labels["tags"]
        self._network = Network(read_weights(folder / "syntax.npz"))
        self._names = NameNetwork(read_weights(folder / "names.npz"))
        self._lexicon = form_lexicon(folder / "lexicon.npz")
        self._table = WordVectors(folder / "vectors.npz")
        self._closing = token_rules(code).closing
        self._word_ids: dict[str, int] = {w: i + 2 for i, w in enumerate(labels["words"])}
        self._plain_ids: dict[str, int] = {}
        for word, i in self._word_ids.items():
            self._plain_ids.setdefault(strip_accents(word), i)
        self._char_ids: dict[str, int] = {c: i + 4 for i, c in enumerate(labels["chars"])}
        self._bits: int = labels["bits"]
        self._source: int = labels["sources"].index("any")
        self._scripts: list[str] = labels["lemmas"]
        self._root = self.rels.index("root")
        self._decode = TagDecoder(self.tags)
        self._vectors: dict[str, tuple[Array, Array]] = {}

    def annotate(self, sentences: Sequence[Sequence[str]]) -> list[Annotation]:
        """Annotations of `sentences`, in order; but for rounding, those of one sentence do not depend on the others."""
        results = [Annotation() for _ in sentences]
        parts = [(k, part) for k, words in enumerate(sentences) for part in _parts(words)]
        found: dict[int, Annotation] = {}
        for group in _groups([len(part) for _, part in parts]):
            found.update(zip(group, self._run([parts[n][1] for n in group]), strict=True))
        for number, (k, _) in enumerate(parts):
            _append(results[k], found[number])
        return results

    def _run(self, forms: Sequence[Sequence[str]]) -> Iterator[Annotation]:
        """Annotations of `forms`, the words of parts of which none is longer than the one before."""
        place: dict[str, int] = {}
        index = np.array([place.setdefault(f, len(place)) for sentence in forms for f in sentence])
        vectors, name_vectors = self._vectors_of(list(place))
        net = self._network
        sizes = np.array([len(f) for f in forms])
        scores = net.run(vectors, index, sizes, self._source)
        upos, feats = scores.upos.argmax(axis=1).tolist(), scores.feats.argmax(axis=1).tolist()
        scripts = scores.lemmas.argmax(axis=1).tolist()
        tags = self._names.run(name_vectors, index, sizes, self._source)
        trees = [heads_of(a) for a in scores.arcs]
        flat = np.array(
            [o + h if h >= 0 else -1 for o, tree in zip(scores.offsets, trees, strict=True) for h in tree]
        )
        heads = np.where((flat >= 0)[:, None], scores.rel_head[flat], scores.rel_root)
        relations = net.relations(scores.rel_dep, heads)
        relations[:, self._root] = -1e9
        relations[flat < 0] = -1e9
        relations[flat < 0, self._root] = 0.0
        rels = relations.argmax(axis=1).tolist()
        for words, tree, offset in zip(forms, trees, scores.offsets.tolist(), strict=True):
            here = slice(offset, offset + len(words))
            lemmas = [
                self._lemma(form, self.upos[u], self._scripts[s])
                for form, u, s in zip(words, upos[here], scripts[here], strict=True)
            ]
            kinds = [self.upos[u] for u in upos[here]]
            names = shaped(self._decode(tags[here]), self.tags, words, kinds, self._closing)
            yield Annotation(upos[here], feats[here], lemmas, tree, rels[here], names)

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


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """`words` in parts of bearable length, cut behind punctuation where there is some."""
    while words:
        cut = _cut(words)
        yield words[:cut]
        words = words[cut:]


def _groups(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of the parts with these sizes, longest first, as many at a time as are annotated at once."""
    group: list[int] = []
    held = 0
    for number in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        if group and held + sizes[number] > _TOKENS_AT_ONCE:
            yield group
            group, held = [], 0
        group.append(number)
        held += sizes[number]
    if group:
        yield group


def _cut(words: Sequence[str]) -> int:
    if len(words) <= _MAX_TOKENS:
        return len(words)
    for k in range(_MAX_TOKENS, _MAX_TOKENS // 2, -1):
        if words[k - 1] in _CUTS:
            return k
    return _MAX_TOKENS


def _append(whole: Annotation, part: Annotation) -> None:
    """Add the annotation of the next part of a sentence."""
    behind = len(whole.heads)
    whole.heads.extend(h + behind if h >= 0 else -1 for h in part.heads)
    for name in ("upos", "feats", "lemmas", "rels", "names"):
        getattr(whole, name).extend(getattr(part, name))
