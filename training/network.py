"""The network: one encoder for parts of speech, features, lemmas, syntax and names.

Deep biaffine attention over a BiLSTM (Dozat and Manning 2017) with words, characters and lexicon classes as input; tags from
its second layer, names from a layer of their own above that (hard parameter sharing, as in UDPipe 2 of Straka 2018).
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Sizes:
    """Sizes of the layers."""

    words: int
    chars: int
    lexicon: int
    sources: int
    upos: int
    feats: int
    lemmas: int
    rels: int
    tags: int
    word: int = 96
    char: int = 24
    filters: int = 64
    lex: int = 40
    source: int = 8
    hidden: int = 200
    names: int = 100
    vec: int = 0
    arc: int = 256
    rel: int = 64


class LockedDropout(nn.Module):
    """One mask for all positions of a sequence."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        mask = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - self.p) / (1 - self.p)
        return x * mask


class BiLSTM(nn.Module):
    """A layer in both directions. Two plain LSTMs over padded batches are much faster here than a packed one."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.forth = nn.LSTM(width, hidden, batch_first=True)
        self.back = nn.LSTM(width, hidden, batch_first=True)

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        at = torch.arange(x.shape[1])[None].expand(x.shape[0], -1)
        turned = torch.where(at < lengths[:, None], lengths[:, None] - 1 - at, at)
        rows = torch.arange(x.shape[0])[:, None]
        back = self.back(x[rows, turned])[0][rows, turned]
        return torch.cat([self.forth(x)[0], back], 2)


class Network(nn.Module):
    """See the module. All inputs are padded batches (sentences, tokens)."""

    def __init__(self, s: Sizes, dropout: float = 0.33) -> None:
        super().__init__()
        self.s = s
        self.word = nn.Embedding(s.words, s.word, padding_idx=0)
        self.char = nn.Embedding(s.chars, s.char, padding_idx=0)
        self.conv3 = nn.Conv1d(s.char, s.filters, 3, padding=1)
        self.conv5 = nn.Conv1d(s.char, s.filters, 5, padding=2)
        self.lex = nn.Linear(s.lexicon, s.lex)
        self.source = nn.Embedding(s.sources, s.source)
        width = s.word + 2 * s.filters + s.lex + s.vec + s.source
        self.lstm1 = BiLSTM(width, s.hidden)
        self.lstm2 = BiLSTM(2 * s.hidden, s.hidden)
        self.lstm3 = BiLSTM(2 * s.hidden, s.hidden)
        self.lstmn = BiLSTM(2 * s.hidden, s.names)
        self.upos = nn.Linear(2 * s.hidden, s.upos)
        self.feats = nn.Linear(2 * s.hidden, s.feats)
        self.lemmas = nn.Linear(2 * s.hidden, s.lemmas)
        self.tags = nn.Linear(2 * s.names, s.tags)
        self.root = nn.Parameter(torch.zeros(2 * s.hidden))
        self.arc_dep = nn.Linear(2 * s.hidden, s.arc)
        self.arc_head = nn.Linear(2 * s.hidden, s.arc)
        self.rel_dep = nn.Linear(2 * s.hidden, s.rel)
        self.rel_head = nn.Linear(2 * s.hidden, s.rel)
        self.arc_u = nn.Parameter(torch.zeros(s.arc + 1, s.arc))
        self.rel_u = nn.Parameter(torch.zeros(s.rel + 1, s.rels, s.rel + 1))
        self.drop = LockedDropout(dropout)
        self.drop_in = LockedDropout(0.25)
        nn.init.normal_(self.word.weight, std=0.1)
        nn.init.xavier_uniform_(self.arc_u)

    def words_of(self, words: Tensor, chars: Tensor, lexicon: Tensor, vectors: Tensor) -> Tensor:
        """Vectors of distinct words: (n,), (n, letters), (n, bits), (n, vec) to (n, width)."""
        c = self.char(chars).transpose(1, 2)
        pad = (chars == 0).unsqueeze(1)
        parts = [torch.relu(conv(c).masked_fill(pad, -1e4).amax(2)) for conv in (self.conv3, self.conv5)]
        return torch.cat([self.word(words), *parts, torch.relu(self.lex(lexicon)), vectors], 1)

    def encode(self, vectors: Tensor, index: Tensor, source: Tensor, lengths: Tensor) -> Tensor:
        """Second layer: `vectors` of distinct words taken at `index` (b, t); `source` (b,)."""
        x = vectors[index]
        x = torch.cat([x, self.source(source)[:, None].expand(-1, x.shape[1], -1)], 2)
        h1 = self.lstm1(self.drop_in(x), lengths)
        return self.lstm2(self.drop(h1), lengths)

    def arcs(self, h2: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores (b, dependent, head; head 0 is the root), and the vectors that `relations` needs."""
        h3 = self.drop(self.lstm3(self.drop(h2), lengths))
        top = torch.cat([self.root.expand(h3.shape[0], 1, -1), h3], 1)
        dep = self.drop(torch.nn.functional.leaky_relu(self.arc_dep(h3), 0.1))
        head = self.drop(torch.nn.functional.leaky_relu(self.arc_head(top), 0.1))
        one = dep.new_ones(*dep.shape[:2], 1)
        scores = torch.cat([dep, one], 2) @ self.arc_u @ head.transpose(1, 2)
        rdep = self.drop(torch.nn.functional.leaky_relu(self.rel_dep(h3), 0.1))
        rhead = self.drop(torch.nn.functional.leaky_relu(self.rel_head(top), 0.1))
        return scores, rdep, rhead

    def relations(self, rdep: Tensor, rhead: Tensor) -> Tensor:
        """(n, rel) of dependents and of their heads to scores (n, relations)."""
        one = rdep.new_ones(len(rdep), 1)
        d, h = torch.cat([rdep, one], 1), torch.cat([rhead, one], 1)
        left = (d @ self.rel_u.flatten(1)).view(len(d), self.s.rels, -1)
        return (left @ h.unsqueeze(2)).squeeze(2)

    def name_tags(self, h2: Tensor, lengths: Tensor) -> Tensor:
        """Scores of the tags of names."""
        return self.tags(self.drop(self.lstmn(self.drop(h2), lengths)))


def widened(weights: dict[str, Tensor], s: Sizes) -> dict[str, Tensor]:
    """`weights` of a network without word vectors for one with `s.vec` of them, which at first say next to nothing."""
    result = dict(weights)
    for way in ("forth", "back"):
        name = f"lstm1.{way}.weight_ih_l0"
        old = weights[name]
        new = torch.randn(len(old), s.vec) * 0.02
        result[name] = torch.cat([old[:, : -s.source], new, old[:, -s.source :]], 1)
    return result
