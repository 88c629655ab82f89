"""Train the network. `python -m training.train --help`."""

import argparse
import copy
import csv
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from corpus_etl.language.tokenizer import normalise, tokenize
from corpus_etl.language.vectors import WordVectors

from . import data
from .batches import (
    Batch,
    Words,
    batch_of,
    labels_of,
    name_pool,
    noisy,
    substituted,
)
from .data import TAGS, Sent, decode_names, spans_of
from .features import BITS, Lexicon, vocabulary
from .network import Network, Sizes, widened

# Share of a source's sentences that an epoch sees.
SHARE: dict[str, float] = {
    "sequoia": 1.0,
    "gsd": 1.0,
    "fqb": 0.4,
    "rhapsodie": 0.35,
    "news": 1.0,
    "wikiann": 0.3,
    "europeana": 0.1,
}


# The same where only the layers of names are trained.
NAMES_SHARE: dict[str, float] = {"sequoia": 1.0, "news": 1.0, "wikiann": 0.5, "europeana": 0.0}
# The same with sentences labelled by an ensemble, among which are those of WikiANN.
SOFT_SHARE: dict[str, float] = {"sequoia": 1.0, "news": 1.0, "soft": 0.8}


PACK = Path(__file__).parent.parent / "src" / "corpus_etl" / "packs" / "fr" / "entities"


def gazetteer_names() -> dict[str, list[list[str]]]:
    """Names of the pack's gazetteer by kind, as tokens: to exchange for names in labelled sentences."""
    result: dict[str, list[list[str]]] = {}
    for kind, stem in (("PER", "people"), ("ORG", "organizations"), ("LOC", "places")):
        result[kind] = []
        with (PACK / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                name = normalise(row["name"])
                if name[:1].isupper() or any(c.isupper() for c in name):
                    result[kind].append([name[a:b] for a, b in tokenize(name)])
    return result


GAZETTEER = gazetteer_names()


def read(shared: Path, news: list[Path]) -> tuple[list[Sent], list[Sent], list[Sent]]:
    """Training sentences, development trees, development names."""
    trees = shared / "treebanks"
    spans = data.frsemcor_spans(shared / "ner" / "frsemcor" / "sequoia-9.1.frsemcor")
    train = data.treebank(trees / "sequoia-train.conllu", "sequoia")
    dev = data.treebank(trees / "sequoia-dev.conllu", "sequoia")
    data.add_frsemcor(train, spans)
    data.leave_descriptions(train)
    data.add_frsemcor(dev, spans)
    for name, source in (("gsd-dev", "gsd"), ("fqb", "fqb"), ("rhapsodie-train", "rhapsodie")):
        train += data.treebank(trees / f"{name}.conllu", source)
    names: list[Sent] = []
    held: list[Sent] = []
    for path in (p for folder in news for p in sorted(folder.glob("*.txt"))):
        for k, s in enumerate(data.labelled_lines(path)):
            (held if k % 15 == 7 else names).append(s)
    for part in ("train", "dev"):
        silver = data.columns(shared / "ner" / f"wikiann-fr-{part}.conll", "wikiann", "\t", True)
        names += [s for s in silver if len(s.words) >= 6 and sum(w.islower() for w in s.words) >= 3]
    names += data.columns(shared / "ner" / "enp_FR.bnf.bio", "europeana", " ", True)
    # Names of the treebank that no rule decides, read one by one.
    known = json.loads((Path(__file__).parent / "data" / "sequoia_kinds.json").read_text(encoding="utf-8"))
    known = data.kinds_elsewhere(names) | {name.lower(): kind for name, kind in known.items()}
    data.decide_kinds(train, known)
    data.decide_kinds(dev, known)
    return train + names, dev, held


def batches(
    sents: list[Sent],
    words: Words,
    drop: dict[str, float],
    rng: random.Random,
    size: int,
    share: dict[str, float] = SHARE,
) -> Iterator[Batch]:
    """The batches of one epoch."""
    pool = name_pool(sents)
    for kind, found in GAZETTEER.items():
        pool[kind] = pool[kind] + found * 3
    chosen = [s for s in sents if rng.random() < share.get(s.source, 0) and len(s.words) <= 120]
    chosen = [noisy(substituted(s, pool, rng) if s.source in ("news", "sequoia") else s, rng) for s in chosen]
    chosen.sort(key=lambda s: len(s.words) + rng.random() * 6)
    groups: list[list[Sent]] = [[]]
    for s in chosen:
        if (len(groups[-1]) + 1) * len(s.words) > size:
            groups.append([])
        groups[-1].append(s)
    rng.shuffle(groups)
    for group in groups:
        if group:
            yield batch_of(group, words, drop, rng)


def loss_of(net: Network, b: Batch, names_only: bool = False) -> torch.Tensor:
    """Sum of the losses of the batch's labels."""
    h2 = net.encode(net.words_of(b.words, b.chars, b.lexicon, b.vectors), b.index, b.source, b.lengths)
    total = h2.new_zeros(())
    tree = (b.heads >= 0).any(1)
    if tree.any() and not names_only:
        rows = tree.nonzero()[:, 0]
        h, lengths = h2[rows], b.lengths[rows]
        longest = int(lengths.max())
        h = h[:, :longest]
        top = net.drop(h)
        for scores, gold, weight in (
            (net.upos(top), b.upos, 1.0),
            (net.feats(top), b.feats, 0.7),
            (net.lemmas(top), b.lemmas, 0.7),
        ):
            total = total + weight * cross_entropy(
                scores.flatten(0, 1), gold[rows][:, :longest].flatten(), ignore_index=-100
            )
        scores, rdep, rhead = net.arcs(h, lengths)
        pad = torch.arange(longest + 1)[None] > lengths[:, None]
        scores = scores.masked_fill(pad[:, None], -1e4)
        heads = b.heads[rows][:, :longest]
        total = total + cross_entropy(scores.flatten(0, 1), heads.flatten(), ignore_index=-100)
        at = (heads >= 0).nonzero()
        rel = net.relations(rdep[at[:, 0], at[:, 1]], rhead[at[:, 0], heads[at[:, 0], at[:, 1]]])
        total = total + cross_entropy(rel, b.rels[rows][:, :longest][at[:, 0], at[:, 1]], ignore_index=-100)
    total = total + hard_names(net, b, h2) + soft_names(net, b, h2)
    return total


def hard_names(net: Network, b: Batch, h2: torch.Tensor) -> torch.Tensor:
    """Loss of the admitted tags."""
    total = h2.new_zeros(())
    named = (b.names > 0).any(1)
    if named.any():
        rows = named.nonzero()[:, 0]
        lengths = b.lengths[rows]
        longest = int(lengths.max())
        logp = net.name_tags(h2[rows][:, :longest], lengths).log_softmax(2)
        allowed = b.names[rows][:, :longest]
        bits = (allowed[:, :, None] >> torch.arange(len(TAGS))) & 1
        mass = logp.masked_fill(bits == 0, -1e4).logsumexp(2)
        weight = b.weight[rows][:, None] * (allowed > 0)
        total = total - 1.0 * (mass * weight).sum() / max(1.0, float((allowed > 0).sum()))
    return total


def soft_names(net: Network, b: Batch, h2: torch.Tensor) -> torch.Tensor:
    """Loss of the probabilities that an ensemble gave."""
    rows = (b.soft.sum((1, 2)) > 0).nonzero()[:, 0]
    if not len(rows):
        return h2.new_zeros(())
    lengths = b.lengths[rows]
    longest = int(lengths.max())
    logp = net.name_tags(h2[rows][:, :longest], lengths).log_softmax(2)
    return -(logp * b.soft[rows][:, :longest]).sum() / lengths.sum()


@torch.no_grad()
def score(net: Network, sents: list[Sent], words: Words) -> dict[str, float]:
    """Figures on gold tokens, in percent."""
    net.eval()
    n = Counter[str]()
    rng = random.Random(0)
    for k in range(0, len(sents), 64):
        part = sents[k : k + 64]
        b = batch_of(part, words, None, rng)
        h2 = net.encode(net.words_of(b.words, b.chars, b.lexicon, b.vectors), b.index, b.source, b.lengths)
        tags = net.name_tags(h2, b.lengths).argmax(2)
        for i, s in enumerate(part):
            if s.names:
                gold = spans_of(s.names)
                ignored = {j for j, x in enumerate(s.names) if x & 1 and x != 1}
                found = [
                    x
                    for x in decode_names(tags[i, : len(s.words)].tolist())
                    if not set(range(x[0], x[1])) & ignored
                ]
                n["gold"] += len(gold)
                n["found"] += len(found)
                n["right"] += sum(any(f[:2] == g[:2] and f[2] in g[2] for g in gold) for f in found)
        if not part[0].heads:
            continue
        upos, feats, lem = net.upos(h2).argmax(2), net.feats(h2).argmax(2), net.lemmas(h2).argmax(2)
        scores, rdep, rhead = net.arcs(h2, b.lengths)
        pad = torch.arange(scores.shape[2])[None] > b.lengths[:, None]
        heads = scores.masked_fill(pad[:, None], -1e4).argmax(2)
        for i, s in enumerate(part):
            size = len(s.words)
            rel = net.relations(rdep[i, :size], rhead[i, heads[i, :size]]).argmax(1)
            right = heads[i, :size] == b.heads[i, :size]
            n["tokens"] += size
            n["upos"] += int((upos[i, :size] == b.upos[i, :size]).sum())
            n["feats"] += int((feats[i, :size] == b.feats[i, :size]).sum())
            n["lemma"] += int((lem[i, :size] == b.lemmas[i, :size]).sum())
            n["uas"] += int(right.sum())
            n["las"] += int((right & (rel == b.rels[i, :size])).sum())
    net.train()
    figures = {
        k: 100 * n[k] / max(1, n["tokens"]) for k in ("upos", "feats", "lemma", "uas", "las") if n["tokens"]
    }
    figures["names"] = 200 * n["right"] / max(1, n["gold"] + n["found"])
    return {k: round(v, 2) for k, v in figures.items()}


def main() -> None:
    """Train and keep the averaged weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--lexicon", type=Path, required=True, help="Lefff .mlex file")
    parser.add_argument(
        "--news", type=Path, nargs="+", required=True, help="folders of labelled sentences (data/news_sentences)"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--size", type=int, default=1400, help="tokens of a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from-weights", type=Path)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument(
        "--names-only", action="store_true", help="train an encoder for names alone, from --from-weights"
    )
    parser.add_argument("--soft", type=Path, help="sentences labelled by an ensemble (training.ensemble), for the names")
    parser.add_argument("--vectors", type=Path, help="word vectors (training.vectors)")
    args = parser.parse_args()
    if args.soft and not args.names_only:
        parser.error("--soft is for networks of names: give --names-only, too")
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    train, dev, held = read(args.shared, args.news)
    lexicon = Lexicon()
    lexicon.read(args.lexicon)
    trees = [s for s in train if s.heads]
    counts = Counter[str]()
    for s in train:
        for w in s.words:
            counts[w.lower()] += SHARE[s.source]
    if args.from_weights:
        kept = torch.load(args.from_weights, weights_only=False)
        labels, sizes = kept["labels"], Sizes(**kept["sizes"])
    else:
        words = vocabulary(((w, SHARE[s.source]) for s in train for w in s.words), 2.0)
        labels = labels_of(trees, words, ["any", "sequoia", "gsd", "fqb", "rhapsodie"])
        sizes = Sizes(
            len(words) + 2,
            len(labels.chars) + 4,
            BITS + 2,
            len(labels.sources),
            len(labels.upos),
            len(labels.feats),
            len(labels.lemmas),
            len(labels.rels),
            len(TAGS),
        )
    vectors = WordVectors(args.vectors) if args.vectors else None
    features = Words(labels, lexicon, vectors)
    narrow = sizes.vec == 0
    if vectors:
        sizes = replace(sizes, vec=vectors.width)
    net = Network(sizes)
    if args.from_weights:
        net.load_state_dict(widened(kept["weights"], sizes) if vectors and narrow else kept["weights"])
    drop = {w: 0.25 / (0.25 + n) for w, n in counts.items()}
    mean = copy.deepcopy(net)
    share = NAMES_SHARE if args.names_only else SHARE
    if args.soft:
        train = [s for s in train if s.source != "wikiann"] + torch.load(args.soft, weights_only=False)
        share = SOFT_SHARE
    if args.names_only:
        # Without their trees, names of the treebank are exchanged like those of the news.
        train = [replace(s, heads=[]) for s in train if s.names or s.soft is not None]
    optimizer = torch.optim.Adam(
        [p for p in net.parameters() if p.requires_grad], lr=args.rate, betas=(0.9, 0.98), eps=1e-8
    )
    per_epoch = sum(1 for _ in batches(train, features, drop, random.Random(0), args.size, share))
    steps = per_epoch * args.epochs
    print(
        json.dumps(
            {"sizes": asdict(sizes), "batches": per_epoch, "sources": Counter(s.source for s in train)}
        ),
        flush=True,
    )
    step, begun, best = 0, time.monotonic(), 0.0
    args.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(args.epochs):
        seen = 0.0
        for b in batches(train, features, drop, rng, args.size, share):
            rate = min(1.0, (step + 1) / 200) * (
                0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
            )
            for group in optimizer.param_groups:
                group["lr"] = args.rate * rate
            loss = loss_of(net, b, args.names_only)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            step += 1
            seen += loss.item()
            decay = min(0.9985, (1 + step) / (10 + step))
            with torch.no_grad():
                for m, p in zip(mean.parameters(), net.parameters(), strict=True):
                    m.lerp_(p, 1 - decay)
        line = {
            "epoch": epoch,
            "minutes": round((time.monotonic() - begun) / 60, 1),
            "loss": round(seen / per_epoch, 3),
        }
        if epoch % 3 == 2 or epoch == args.epochs - 1:
            line |= score(mean, dev, features)
            line |= {"news_names": score(mean, held, features)["names"]}
            merit = line["names"] + line["news_names"]
            if not args.names_only:
                merit = line["las"] + 0.2 * line["lemma"] + 0.3 * merit
            if merit >= best:
                best = merit
                torch.save(
                    {"weights": mean.state_dict(), "labels": labels, "sizes": asdict(sizes), "figures": line},
                    args.out / "model.pt",
                )
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
