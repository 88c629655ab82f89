"""Sentences to arrays: features of words, labels, noise of crawled text."""

import random
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from corpus_etl.language.annotation import strip_accents
from corpus_etl.language.vectors import WordVectors

from .data import TAG_BIT, TAGS, Sent, spans_of
from .features import BITS, Lexicon, edit_script

LETTERS = 20
_QUOTES = [('"', '"'), ("«", "»"), ("“", "”")]


@dataclass
class Labels:
    """Names of the classes, in order of their numbers, and the words and letters of the vocabulary."""

    words: dict[str, int]
    chars: dict[str, int]
    sources: list[str]
    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    rels: list[str]

    def __post_init__(self) -> None:
        self.index = {
            name: {v: i for i, v in enumerate(getattr(self, name))}
            for name in ("sources", "upos", "feats", "lemmas", "rels")
        }
        self.plain: dict[str, int] = {}
        for word, i in self.words.items():
            self.plain.setdefault(strip_accents(word), i)


def labels_of(trees: list[Sent], words: dict[str, int], sources: list[str]) -> Labels:
    """The classes that the trees hold; rare lemma changes are left out."""
    chars = Counter(c for s in trees for w in s.words for c in w)
    lemmas = Counter(edit_script(w, m) for s in trees for w, m in zip(s.words, s.lemmas, strict=True) if m)
    feats = Counter(f for s in trees for f in s.feats)
    return Labels(
        words,
        {c: i + 4 for i, c in enumerate(sorted(c for c, n in chars.items() if n >= 3))},
        sources,
        sorted({u for s in trees for u in s.upos}),
        sorted(f for f, n in feats.items() if n >= 3 or not f),
        sorted(m for m, n in lemmas.items() if n >= 2),
        sorted({r for s in trees for r in s.rels}),
    )


class Words:
    """Features of a form, kept once computed."""

    def __init__(self, labels: Labels, lexicon: Lexicon, vectors: WordVectors | None = None) -> None:
        self.labels, self.lexicon, self.vectors = labels, lexicon, vectors
        self.plain: dict[str, int] = {}
        for form, mask in lexicon.mask.items():
            stripped = strip_accents(form)
            if stripped != form:
                self.plain[stripped] = self.plain.get(stripped, 0) | mask
        self.kept: dict[str, tuple[int, list[int], np.ndarray, np.ndarray]] = {}

    def mask(self, form: str) -> int:
        """Bits of the readings of `form`; two more say: not in the lexicon, and: capital but known in lower case."""
        low = form.lower()
        bits = self.lexicon.mask.get(form, 0)
        if low != form:
            lower = self.lexicon.mask.get(low, 0) or self.plain.get(low, 0)
            bits |= lower | ((1 << (BITS + 1)) if lower else 0)
        return bits or 1 << BITS

    def of(self, form: str) -> tuple[int, list[int], np.ndarray, np.ndarray]:
        """(index of the word, indices of its letters, bits of the lexicon, vector: empty without a table)."""
        found = self.kept.get(form)
        if found is None:
            low = form.lower()
            word = self.labels.words.get(low) or (self.labels.plain.get(low, 1) if low != form else 1)
            letters = form if len(form) <= LETTERS - 2 else form[: LETTERS - 10] + form[-8:]
            chars = [2, *(self.labels.chars.get(c, 1) for c in letters), 3]
            bits = self.mask(form)
            row = np.array([bits >> k & 1 for k in range(BITS + 2)], dtype=np.float32)
            vector = self.vectors.of(form) if self.vectors else np.zeros(0, dtype=np.float32)
            found = self.kept[form] = (word, chars + [0] * (LETTERS - len(chars)), row, vector)
        return found


@dataclass
class Batch:
    """A padded batch; -100 where there is no label."""

    words: Tensor
    chars: Tensor
    lexicon: Tensor
    vectors: Tensor
    index: Tensor
    source: Tensor
    lengths: Tensor
    upos: Tensor
    feats: Tensor
    lemmas: Tensor
    heads: Tensor
    rels: Tensor
    names: Tensor
    weight: Tensor
    soft: Tensor


# Silver labels and old, badly read print count less.
NAME_WEIGHT = {"wikiann": 0.4, "europeana": 0.25}


def batch_of(sents: list[Sent], words: Words, drop: dict[str, float] | None, rng: random.Random) -> Batch:
    """`drop`: probability of a word to be shown as unknown (training)."""
    n, t = len(sents), max(len(s.words) for s in sents)
    distinct: dict[str, int] = {}
    index = np.zeros((n, t), dtype=np.int64)
    gold = {k: np.full((n, t), -100, dtype=np.int64) for k in ("upos", "feats", "lemmas", "heads", "rels")}
    names = np.zeros((n, t), dtype=np.int64)
    soft = np.zeros((n, t, len(TAGS)), dtype=np.float32)
    at = words.labels.index
    for i, s in enumerate(sents):
        for k, w in enumerate(s.words):
            index[i, k] = distinct.setdefault(w, len(distinct))
        size = len(s.words)
        if s.heads:
            gold["upos"][i, :size] = [at["upos"].get(u, -100) for u in s.upos]
            gold["feats"][i, :size] = [at["feats"].get(f, -100) for f in s.feats]
            gold["lemmas"][i, :size] = [
                at["lemmas"].get(edit_script(w, m), -100) if m else -100
                for w, m in zip(s.words, s.lemmas, strict=True)
            ]
            gold["heads"][i, :size] = [h + 1 for h in s.heads]
            gold["rels"][i, :size] = [at["rels"].get(r, -100) for r in s.rels]
        if s.names:
            names[i, :size] = s.names
        if s.soft is not None:
            soft[i, :size] = s.soft
    rows = [words.of(w) for w in distinct]
    ids = [r[0] for r in rows]
    if drop:
        ids = [
            1 if rng.random() < drop.get(w.lower(), 0.5) else i for w, i in zip(distinct, ids, strict=True)
        ]
    vectors = np.stack([r[3] for r in rows])
    if drop:
        # Names that no table knows are to be found as well.
        vectors = vectors * (np.array([rng.random() for _ in rows]) > 0.1)[:, None].astype(np.float32)
    generic = at["sources"]["any"]
    source = [
        generic if not s.heads or (drop and rng.random() < 0.3) else at["sources"].get(s.source, generic)
        for s in sents
    ]
    return Batch(
        torch.tensor(ids),
        torch.tensor([r[1] for r in rows]),
        torch.from_numpy(np.stack([r[2] for r in rows])),
        torch.from_numpy(vectors),
        torch.from_numpy(index),
        torch.tensor(source),
        torch.tensor([len(s.words) for s in sents]),
        *(torch.from_numpy(gold[k]) for k in ("upos", "feats", "lemmas", "heads", "rels")),
        torch.from_numpy(names),
        torch.tensor([NAME_WEIGHT.get(s.source, 1.0) for s in sents]),
        torch.from_numpy(soft),
    )


def noisy(s: Sent, rng: random.Random) -> Sent:
    """`s` as crawled text may have it: headline in capitals, accents lost, other quotation marks, no final stop."""
    r = rng.random()
    words = s.words
    if r < 0.05:
        words = [w.upper() for w in words]
        if rng.random() < 0.7:
            words = [strip_accents(w) for w in words]
    elif r < 0.17:
        words = [strip_accents(w[:1]) + w[1:] if w[:1].isupper() else w for w in words]
    elif r < 0.20:
        words = [strip_accents(w) if w.isupper() else w for w in words]
    if any(w in '"«»“”' for w in words) and rng.random() < 0.5:
        pair, opened = rng.choice(_QUOTES), False
        changed = []
        for w in words:
            if w in ("«", "“") or (w == '"' and not opened):
                changed.append(pair[0])
                opened = True
            elif w in ("»", "”", '"'):
                changed.append(pair[1])
                opened = False
            else:
                changed.append(w)
        words = changed
    s = replace(s, words=list(words))
    last = len(words) - 1
    if last > 3 and words[last] in ".!" and rng.random() < 0.12 and all(h != last for h in s.heads):
        for name in ("words", "lemmas", "upos", "feats", "heads", "rels", "names", "spans"):
            if getattr(s, name):
                setattr(s, name, getattr(s, name)[:last])
        if s.soft is not None:
            s.soft = s.soft[:last]
    return s


def name_pool(sents: list[Sent]) -> dict[str, list[list[str]]]:
    """Names by kind, of the sentences with one admitted tag per token."""
    pool: dict[str, list[list[str]]] = {"PER": [], "ORG": [], "LOC": [], "MISC": []}
    for s in sents:
        for a, b, kinds in spans_of(s.names):
            if len(kinds) == 1:
                pool[kinds[0]].append(s.words[a:b])
    return pool


def substituted(s: Sent, pool: dict[str, list[list[str]]], rng: random.Random, p: float = 0.3) -> Sent:
    """`s` (a sentence without tree) with some names replaced by others of their kind."""
    if s.heads:
        return s
    words, names, last = [], [], 0
    for a, b, kinds in spans_of(s.names):
        if len(kinds) != 1 or rng.random() > p or not pool[kinds[0]]:
            continue
        new = rng.choice(pool[kinds[0]])
        if (new[0][:1].lower() in "aeiouyhéèê") != (s.words[a][:1].lower() in "aeiouyhéèê"):
            continue
        words += s.words[last:a] + new
        names += s.names[last:a] + [TAG_BIT[f"B-{kinds[0]}"]] + [TAG_BIT[f"I-{kinds[0]}"]] * (len(new) - 1)
        last = b
    if not last:
        return s
    return replace(s, words=words + s.words[last:], names=names + s.names[last:])
