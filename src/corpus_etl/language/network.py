"""The trained networks, in plain NumPy: what `training/network.py` learns, without its library at run time.

Deep biaffine attention over BiLSTM layers (Dozat and Manning 2017), with tags from the second layer; names have an encoder
of their own. Sentences of a batch are sorted by length, so that the recurrence only runs over those not yet at their end.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of a batch of sentences, laid end to end: row of sentence i, token k is `offsets[i] + k`."""

    offsets: Integers
    upos: Array
    feats: Array
    lemmas: Array
    arcs: list[Array]
    """Per sentence (dependent, head); head 0 is the root."""
    rel_dep: Array
    rel_head: Array
    rel_root: Array


Rows = list[tuple[Integers, Integers]]

# Tokens whose relations are scored at once: the scores between stay in the processor's cache.
_RELATIONS_AT_ONCE = 256


class _BiLSTM:
    """A layer in both directions; gates in the order i, f, g, o."""

    def __init__(self, weights: dict[str, Array], name: str) -> None:
        parts = [
            [weights[f"{name}.{way}.{kind}_l0"] for way in ("forth", "back")]
            for kind in ("weight_ih", "weight_hh")
        ]
        self.hidden = parts[1][0].shape[1]
        bias = [
            weights[f"{name}.{way}.bias_ih_l0"] + weights[f"{name}.{way}.bias_hh_l0"]
            for way in ("forth", "back")
        ]
        # sigmoid(x) = (tanh(x / 2) + 1) / 2: one call of tanh then serves all gates.
        half = np.full(4 * self.hidden, 0.5, dtype=np.float32)
        half[2 * self.hidden : 3 * self.hidden] = 1.0
        self.inputs = np.ascontiguousarray(np.concatenate([p.T * half for p in parts[0]], axis=1))
        self.bias = np.concatenate([b * half for b in bias])
        self.recurrent = np.stack([p.T * half for p in parts[1]])

    def __call__(self, x: Array, step_rows: Rows, index: Integers | None = None) -> Array:
        """`x` (tokens, width) to (tokens, 2 hidden); `step_rows`: rows of each step, forward and backward.

        With `index` (tokens,), `x` holds distinct words only, of which token k has row `index[k]`: each word is then
        projected once, however often it occurs.
        """
        h4 = 4 * self.hidden
        projected = x @ self.inputs + self.bias
        forth, back = projected[:, :h4], projected[:, h4:]
        tokens = len(x) if index is None else len(index)
        out = np.empty((tokens, 2 * self.hidden), dtype=np.float32)
        first = len(step_rows[0][0])
        state = np.zeros((2, first, self.hidden), dtype=np.float32)
        cell = np.zeros_like(state)
        n = self.hidden
        for ahead, behind in step_rows:
            active = len(ahead)
            if active < state.shape[1]:
                state, cell = state[:, :active], cell[:, :active]
            gates = state @ self.recurrent
            gates[0] += forth[ahead if index is None else index[ahead]]
            gates[1] += back[behind if index is None else index[behind]]
            np.tanh(gates, out=gates)
            gate = gates[..., : 2 * n]
            gate *= 0.5
            gate += 0.5
            last = gates[..., 3 * n :]
            last *= 0.5
            last += 0.5
            cell = gates[..., n : 2 * n] * cell + gates[..., :n] * gates[..., 2 * n : 3 * n]
            state = last * np.tanh(cell)
            out[ahead, :n] = state[0]
            out[behind, n:] = state[1]
        return out


class Encoder:
    """Words to vectors, and two layers over them. `weights` by the names of the training's network."""

    def __init__(self, weights: dict[str, Array], layers: tuple[str, ...] = ("lstm1", "lstm2")) -> None:
        self.w = weights
        self.layers = {name: _BiLSTM(weights, name) for name in layers}
        self._conv = [self._letters(name) for name in ("conv3", "conv5")]
        own = sum(
            weights[name].shape[axis]
            for name, axis in (("word.weight", 1), ("conv3.bias", 0), ("conv5.bias", 0), ("lex.bias", 0))
        )
        beside = weights["lstm1.forth.weight_ih_l0"].shape[1] - weights["source.weight"].shape[1]
        self._takes_vectors = beside > own

    def _letters(self, name: str) -> tuple[Array, Array]:
        kernel = self.w[f"{name}.weight"]  # filters, letters' width, size
        return np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])), self.w[
            f"{name}.bias"
        ]

    def words(self, ids: Integers, letters: Integers, bits: Array, known: Array) -> Array:
        """Input of words: index of the word (n,), of its letters (n, letters; 0 is none), bits of the lexicon, vectors
        of the table (n, width), which a network trained without them leaves aside."""
        w = self.w
        embedded = w["char.weight"][letters]
        mask = (letters == 0)[:, :, None]
        parts = [w["word.weight"][ids]]
        n, size, width = embedded.shape
        for kernel, bias in self._conv:
            reach = len(kernel) // width
            padded = np.zeros((n, size + reach - 1, width), dtype=np.float32)
            padded[:, reach // 2 : reach // 2 + size] = embedded
            windows = np.concatenate([padded[:, k : k + size] for k in range(reach)], axis=2)
            out = windows @ kernel + bias
            out[np.broadcast_to(mask, out.shape)] = -1e4
            parts.append(np.maximum(out.max(axis=1), 0))
        parts.append(np.maximum(bits @ w["lex.weight"].T + w["lex.bias"], 0))
        if self._takes_vectors:
            parts.append(known)
        return np.concatenate(parts, axis=1)

    def _linear(self, name: str, x: Array) -> Array:
        return x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]

    def _leaky(self, name: str, x: Array) -> Array:
        y = self._linear(name, x)
        return np.maximum(y, 0.1 * y)

    def encode(
        self, vectors: Array, index: Integers, sizes: Integers, source: int
    ) -> tuple[Array, Rows]:
        """Second layer of sentences laid end to end, longest first, by `sizes`; token k is word `vectors[index[k]]`."""
        offsets = offsets_of(sizes)
        rows = []
        for step in range(int(sizes[0])):
            active = int((sizes > step).sum())
            rows.append((offsets[:active] + step, offsets[:active] + sizes[:active] - 1 - step))
        style = np.broadcast_to(
            self.w["source.weight"][source], (len(vectors), self.w["source.weight"].shape[1])
        )
        h1 = self.layers["lstm1"](np.concatenate([vectors, style], axis=1), rows, index)
        return self.layers["lstm2"](h1, rows), rows


class NameNetwork(Encoder):
    """Tags of names."""

    def __init__(self, weights: dict[str, Array]) -> None:
        super().__init__(weights, ("lstm1", "lstm2", "lstmn"))

    def run(self, vectors: Array, index: Integers, sizes: Integers, source: int) -> Array:
        """Logarithms of the probabilities of the tags (tokens, tags); see `encode`."""
        h2, rows = self.encode(vectors, index, sizes, source)
        return softmax_log(self._linear("tags", self.layers["lstmn"](h2, rows)))


class Network(Encoder):
    """Parts of speech, features, lemmas, syntax."""

    def __init__(self, weights: dict[str, Array]) -> None:
        super().__init__(weights, ("lstm1", "lstm2", "lstm3"))
        self.rels = weights["rel_u"].shape[1]
        self._width = weights["rel_u"].shape[2]
        self._rel = np.ascontiguousarray(weights["rel_u"].reshape(weights["rel_u"].shape[0], -1))

    def run(self, vectors: Array, index: Integers, sizes: Integers, source: int) -> Scores:
        """Scores of sentences; see `encode`."""
        h2, rows = self.encode(vectors, index, sizes, source)
        offsets = offsets_of(sizes)
        h3 = self.layers["lstm3"](h2, rows)
        root = self.w["root"][None]
        dep = self._leaky("arc_dep", h3)
        left = dep @ self.w["arc_u"][:-1] + self.w["arc_u"][-1]
        head, root_head = self._leaky("arc_head", h3), self._leaky("arc_head", root)
        arcs = [
            left[o : o + n] @ np.concatenate([root_head, head[o : o + n]]).T
            for o, n in zip(offsets, sizes, strict=True)
        ]
        return Scores(
            offsets,
            self._linear("upos", h2),
            self._linear("feats", h2),
            self._linear("lemmas", h2),
            arcs,
            self._leaky("rel_dep", h3),
            self._leaky("rel_head", h3),
            self._leaky("rel_head", root),
        )

    def relations(self, dependents: Array, heads: Array) -> Array:
        """Vectors of dependents and their heads (n, width) to scores (n, relations)."""
        scores = np.empty((len(dependents), self.rels), dtype=np.float32)
        for k in range(0, len(dependents), _RELATIONS_AT_ONCE):
            part = slice(k, k + _RELATIONS_AT_ONCE)
            left = (dependents[part] @ self._rel[:-1] + self._rel[-1]).reshape(-1, self.rels, self._width)
            scores[part] = np.einsum("nrk,nk->nr", left[:, :, :-1], heads[part]) + left[:, :, -1]
        return scores


def offsets_of(sizes: Integers) -> Integers:
    """Where each sentence begins among the tokens laid end to end."""
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)


def softmax_log(x: Array) -> Array:
    """Logarithm of the softmax over the last axis."""
    shifted = x - x.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def read_weights(path: Any) -> dict[str, Array]:
    """Weights kept in half precision."""
    with np.load(path, allow_pickle=False) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}
