"""Label text with the mean of several networks of names: probabilities of the tags, to train one network on.

    python -m training.ensemble --shared ../shared --lexicon LEFFF --vectors V --models A/model.pt B/model.pt --out soft.pt

Distillation (Hinton, Vinyals and Dean 2015): the mean of networks that differ in their beginning or their seed errs less than each of them, and what it
says of unlabelled sentences carries that over to one network of the size that is shipped. The texts are those of treebanks
and of WikiANN, whose own labels are not looked at, and the project's own articles. No test set is among them.
"""

import argparse
import random
from dataclasses import replace
from pathlib import Path

import torch

from corpus_etl import language
from corpus_etl.language.tokenizer import normalise
from corpus_etl.language.vectors import WordVectors

from . import data
from .batches import Words, batch_of
from .data import Sent
from .features import Lexicon
from .network import Network, Sizes

HERE = Path(__file__).parent
ARTICLES = ("articles/texts", "anaphors/texts", "unlabelled_articles")


def texts(shared: Path) -> list[Sent]:
    """The sentences to label, without labels."""
    sents = [
        s
        for name in ("gsd-dev", "fqb", "rhapsodie-train")
        for s in data.treebank(shared / "treebanks" / f"{name}.conllu", "soft")
    ]
    for part in ("train", "dev"):
        wiki = data.columns(shared / "ner" / f"wikiann-fr-{part}.conll", "soft", "\t", True)
        sents += [s for s in wiki if len(s.words) >= 6 and sum(w.islower() for w in s.words) >= 3]
    for folder in ARTICLES:
        for path in sorted((HERE / "data" / folder).glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            sents += [
                data.from_text(normalise(text[a:b]), [], "soft", path.stem, False)
                for a, b in language.split_sentences(text)
            ]
    return [Sent(s.words, "soft", s.sent_id) for s in sents if 3 <= len(s.words) <= 120]


@torch.no_grad()
def labelled(sents: list[Sent], models: list[Path], lexicon: Lexicon, vectors: WordVectors) -> list[Sent]:
    """`sents` with the mean probabilities (tokens, tags) of the models."""
    sums: list[torch.Tensor] = [torch.zeros(len(s.words), len(data.TAGS)) for s in sents]
    order = sorted(range(len(sents)), key=lambda k: len(sents[k].words))
    for path in models:
        kept = torch.load(path, weights_only=False)
        net = Network(Sizes(**kept["sizes"]))
        net.load_state_dict(kept["weights"])
        net.eval()
        features = Words(kept["labels"], lexicon, vectors)
        for at in range(0, len(order), 64):
            part = order[at : at + 64]
            b = batch_of([sents[k] for k in part], features, None, random.Random(0))
            words = net.words_of(b.words, b.chars, b.lexicon, b.vectors)
            h2 = net.encode(words, b.index, b.source, b.lengths)
            found = net.name_tags(h2, b.lengths).softmax(2)
            for row, k in enumerate(part):
                sums[k] += found[row, : len(sents[k].words)]
    return [replace(s, soft=(p / len(models)).half().numpy()) for s, p in zip(sents, sums, strict=True)]


def main() -> None:
    """Write the labelled sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--models", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    lexicon = Lexicon()
    lexicon.read(args.lexicon)
    found = labelled(texts(args.shared), args.models, lexicon, WordVectors(args.vectors))
    torch.save(found, args.out)
    print(f"{len(found)} sentences labelled by {len(args.models)} networks")


if __name__ == "__main__":
    main()
