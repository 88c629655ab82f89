"""Write what training kept as a model folder of a language pack."""

import argparse
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch

import corpus_etl.language.component  # noqa: F401  (registers the tokenizer and the component)
from corpus_etl.language.annotation import strip_accents

from . import data
from .features import BITS, Lexicon, edit_script

# spaCy's class for French compiles a large pattern for a tokenizer that is not used here: seconds whenever the pipeline is loaded.
CONFIG: dict[str, Any] = {
    "nlp": {
        "lang": "xx",
        "pipeline": ["analysis"],
        "batch_size": 128,
        "tokenizer": {"@tokenizers": "corpus_etl.rules.v1", "code": "fr"},
    },
    "components": {"analysis": {"factory": "corpus_etl_analysis"}},
}


def lexicon_arrays(lexicon: Lexicon, trees: list[data.Sent]) -> dict[str, Any]:
    """Sorted forms, the class of each, and the lemmas that the trees give a form and part of speech without exception."""
    lemmas: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (form, upos), found in lexicon.lemma.items():
        # The shortest change first: of two lemmas, that which is nearer to the form.
        ordered = sorted(found, key=lambda m: (len(edit_script(form, m)), m))
        lemmas[form][upos] = [edit_script(form, m) for m in ordered]
    classes: dict[str, int] = {}
    forms = sorted(lexicon.mask, key=lambda f: f.encode())
    numbers = [
        classes.setdefault(json.dumps([lexicon.mask[f], lemmas.get(f, {})], ensure_ascii=False), len(classes))
        for f in forms
    ]
    by_lemma: dict[str, set[int]] = defaultdict(set)
    number_of = {f: i for i, f in enumerate(forms)}
    for (form, _), found in lexicon.lemma.items():
        for lemma in found:
            by_lemma[lemma].add(number_of[form])
    known_lemmas = sorted(by_lemma, key=lambda m: m.encode())
    plain: dict[str, int] = {}
    for form, mask in lexicon.mask.items():
        stripped = strip_accents(form)
        if stripped != form:
            plain[stripped] = plain.get(stripped, 0) | mask
    stripped_forms = sorted(plain, key=lambda f: f.encode())
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for s in trees:
        for form, upos, lemma in zip(s.words, s.upos, s.lemmas, strict=True):
            if lemma and upos not in ("PROPN", "X", "PUNCT", "SYM", "NUM"):
                seen[f"{form.lower()} {upos}"][lemma] += 1
    known = {k: c.most_common(1)[0][0] for k, c in sorted(seen.items()) if len(c) == 1}
    return {
        "forms": np.array([f.encode() for f in forms]),
        "form_class": np.array(numbers, dtype=np.int32),
        "plain": np.array([f.encode() for f in stripped_forms]),
        "plain_mask": np.array([plain[f] for f in stripped_forms], dtype=np.uint64),
        "lemmas": np.array([m.encode() for m in known_lemmas]),
        "lemma_ends": np.cumsum([len(by_lemma[m]) for m in known_lemmas]).astype(np.int32),
        "lemma_forms": np.array([i for m in known_lemmas for i in sorted(by_lemma[m])], dtype=np.int32),
        "classes": np.frombuffer(("[" + ",".join(classes) + "]").encode(), dtype=np.uint8),
        "known": np.frombuffer(json.dumps(known, ensure_ascii=False).encode(), dtype=np.uint8),
    }


def joined_vocabulary(kept: dict[str, Any], names: dict[str, Any]) -> dict[str, int]:
    """One vocabulary for two networks that were trained with their own; both get a row for every word.

    A word that a network was not trained with has the row of unknown words, as in its training. Raises ValueError where their letters differ.
    """
    if kept["labels"].chars != names["labels"].chars:
        raise ValueError("the two networks were trained with different letters: train both on the same treebanks")
    words = sorted(kept["labels"].words, key=lambda w: kept["labels"].words[w])
    words += sorted(set(names["labels"].words) - set(words))
    for part in (kept, names):
        labels, weight = part["labels"], part["weights"]["word.weight"]
        rows = [0, 1, *(labels.words.get(w, 1) for w in words)]
        part["weights"] = part["weights"] | {"word.weight": weight[rows]}
    return {w: i + 2 for i, w in enumerate(words)}


_OF_NAMES = ("lstmn.", "tags.")
_SHARED = ("word.", "char.", "conv", "lex.", "source.", "lstm1.", "lstm2.")


def export(
    kept: dict[str, Any],
    names: dict[str, Any],
    lexicon: Lexicon,
    trees: list[data.Sent],
    vectors: Path,
    target: Path,
    version: str,
) -> None:
    """The model folder at `target`."""
    labels = kept["labels"]
    vocabulary = joined_vocabulary(kept, names)
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": CONFIG["nlp"]["tokenizer"]}})
    nlp.meta.update(
        name="news",
        version=version,
        description="French news: tokens, parts of speech, features, lemmas, dependencies, names",
        author="corpus_etl",
        license="LGPL-LR and CC BY-SA 4.0, see the model card",
    )
    nlp.to_disk(target)
    config = nlp.config.copy()
    config["nlp"]["pipeline"] = ["analysis"]
    config["components"] = CONFIG["components"]
    config.to_disk(target / "config.cfg")
    folder = target / "analysis"
    folder.mkdir(exist_ok=True)
    syntax = {k: v.half().numpy() for k, v in kept["weights"].items() if not k.startswith(_OF_NAMES)}
    of_names = {
        k: v.half().numpy() for k, v in names["weights"].items() if k.startswith((*_OF_NAMES, *_SHARED))
    }
    np.savez_compressed(folder / "syntax.npz", **syntax)
    np.savez_compressed(folder / "names.npz", **of_names)
    np.savez_compressed(folder / "lexicon.npz", **lexicon_arrays(lexicon, trees))
    shutil.copyfile(vectors, folder / "vectors.npz")
    chars = sorted(labels.chars, key=lambda c: labels.chars[c])
    described = {
        "words": list(vocabulary),
        "chars": chars,
        "sources": labels.sources,
        "upos": labels.upos,
        "feats": labels.feats,
        "lemmas": labels.lemmas,
        "rels": labels.rels,
        "tags": data.TAGS,
        "bits": BITS + 2,
    }
    (folder / "labels.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Export a training's model.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True, help="model.pt of the training of names")
    parser.add_argument("--vectors", type=Path, required=True, help="word vectors (training.vectors)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1.0.0")
    args = parser.parse_args()
    lexicon = Lexicon()
    lexicon.read(args.lexicon)
    trees = [
        s
        for name in ("sequoia-train", "gsd-dev", "fqb")
        for s in data.treebank(args.shared / "treebanks" / f"{name}.conllu", name)
    ]
    kept, names = (torch.load(path, weights_only=False) for path in (args.weights, args.names))
    export(kept, names, lexicon, trees, args.vectors, args.out, args.version)


if __name__ == "__main__":
    main()
