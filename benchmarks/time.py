"""Speed of the temporal annotator beside its peers in one run, and its time on hostile texts.

    python benchmarks/time.py ../shared/corpora/est-republicain.jsonl --peers DIR
    python benchmarks/time.py --hostile

The first argument is a file of JSON lines with `text` and, if known, `date` (the reference). Figures are kilobytes of
UTF-8 text per second of processor time on one core, so that other work on the machine weighs little; loading and a
first warm-up text do not count. Ours is the median of `--passes`, each with a grammar compiled anew, so that nothing
is kept from the pass before. Peers read the same texts in the same order up to `--peer-kb` or `--limit` seconds,
whichever comes first: their speed hardly depends on how much there is, and some are slow. « Same texts » gives ours
on just what that peer has read; the ratio is against it.

DIR holds what peers need, outside of the project: a virtual environment in a folder of any name with `dateparser` and
`edsnlp`, and a folder `node_modules` with `chrono-node`, at most two levels down. What is missing is left out.

Hostile texts are a million characters made of what a grammar might read again and again. At each doubling of the
length the seconds should double, too.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from corpus_etl.time.annotator import annotate, annotator

_PYTHON = """
import json, sys, time
given = json.load(sys.stdin)
{load}
def run(text):
    {run}
run(given["texts"][0])
seconds, found, done = 0.0, 0, 0
for text in given["texts"]:
    if seconds > given["limit"]:
        break
    start = time.process_time()
    found += run(text)
    seconds += time.process_time() - start
    done += 1
print("RESULT", json.dumps([seconds, found, done]))
"""
_DATEPARSER = _PYTHON.format(
    load="from dateparser.search import search_dates",
    run='return len(search_dates(text, languages=["fr"]) or [])',
)
_EDS = _PYTHON.format(
    load='import edsnlp; nlp = edsnlp.blank("eds"); nlp.add_pipe("eds.dates")',
    run='doc = nlp(text); return sum(len(doc.spans.get(k, [])) for k in ("dates", "durations", "periods"))',
)
_CHRONO = """
const chrono = require("chrono-node");
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const now = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1e6; };
chrono.fr.parse(given.texts[0]);
let seconds = 0, found = 0, done = 0;
for (const text of given.texts) {
  if (seconds > given.limit) break;
  const start = now();
  found += chrono.fr.parse(text).length;
  seconds += now() - start;
  done += 1;
}
console.log("RESULT", JSON.stringify([seconds, found, done]));
"""
_HOSTILE = {
    "long runs of digits": "1234567890",
    "nested « de … à … »": "de 1 à de 2 à ",
    "dates in « de … à … »": "de mars à de mai à ",
    "« le 1 le 1 »": "le 1 ",
    "« il y a il y a »": "il y a ",
    "« entre 5 et 5 et »": "entre 5 et ",
    "numbers in words": "cent mille vingt-et-un ",
    "« un an et un an et »": "un an et ",
    "dates without end": "1/2/3/4/5/",
    "« depuis la fin du début »": "depuis la fin du début de ",
    "commas": "mars, avril, ",
    "white space": " \n",
    "capitals": "MARS ",
}


@dataclass(frozen=True)
class Peer:
    """A system to compare with, and how to run it; it reads the texts from its input."""

    name: str
    command: list[str]
    env: dict[str, str]


@dataclass(frozen=True)
class Article:
    """A text and the date it counts from."""

    text: str
    date: date | None


def read(path: Path, kilobytes: int) -> list[Article]:
    """The first texts of a file, up to so many kilobytes."""
    articles, size = [], 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            when = str(row.get("date") or "")
            articles.append(Article(row["text"], date.fromisoformat(when[:10]) if len(when) >= 10 else None))
            size += len(row["text"].encode())
            if size >= kilobytes * 1000:
                break
    return articles


def kilobytes_of(articles: list[Article]) -> float:
    """Size of the texts."""
    return sum(len(a.text.encode()) for a in articles) / 1000


def ours(articles: list[Article]) -> tuple[float, int]:
    """Seconds of processor time and number of expressions, beginning with a fresh grammar."""
    annotator.cache_clear()
    annotate("midi", None)
    start = time.process_time()
    found = sum(len(annotate(a.text, a.date)) for a in articles)
    return time.process_time() - start, found


def peers_in(folder: Path) -> list[Peer]:
    """The peers that a folder holds; says which ones are missing."""
    found = []
    names = ("bin/python", "*/bin/python", "Scripts/python.exe", "*/Scripts/python.exe")
    pythons = [str(p) for name in names for p in sorted(folder.glob(name))]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    for module, code in (("dateparser", _DATEPARSER), ("edsnlp", _EDS)):
        test = f"import importlib.util as u; raise SystemExit(u.find_spec('{module}') is None)"
        python = next((p for p in pythons if subprocess.run([p, "-c", test]).returncode == 0), None)
        if python is None:
            print(f"{module}: skipped, no Python environment with it in the folder of peers")
            continue
        found.append(Peer(module, [python, "-c", code], env))
    node = shutil.which("node")
    modules = [p.parent for n in ("", "*/") for p in folder.glob(f"{n}node_modules/chrono-node")]
    if node is None or not modules:
        print("chrono-node: skipped,", "no node on PATH" if node is None else "not in the folder of peers")
    else:
        found.append(
            Peer("chrono-node", [node, "-e", _CHRONO], {**env, "NODE_PATH": str(modules[0].resolve())})
        )
    return found


def run_peer(peer: Peer, articles: list[Article], limit: float) -> tuple[float, int, int]:
    """(seconds, expressions, texts read)."""
    given = json.dumps({"texts": [a.text for a in articles], "limit": limit})
    done = subprocess.run(
        peer.command, input=given, env=peer.env, capture_output=True, text=True, encoding="utf-8"
    )
    line = next((x for x in reversed(done.stdout.splitlines()) if x.startswith("RESULT ")), None)
    if line is None:
        raise SystemExit(f"{peer.name} failed:\n{done.stderr[-2000:]}")
    seconds, found, read_texts = json.loads(line.removeprefix("RESULT "))
    return float(seconds), int(found), int(read_texts)


def compare(args: argparse.Namespace) -> None:
    """Print the table of systems."""
    articles = read(args.file, args.kb)
    size = kilobytes_of(articles)
    runs = [ours(articles) for _ in range(args.passes)]
    speed = size / statistics.median(seconds for seconds, _ in runs)
    peers = peers_in(args.peers) if args.peers else []
    if not args.peers:
        print("peers: skipped, no --peers")
    columns = ("system", "KB read", "KB/s", "ours KB/s, same texts", "ours / peer", "expressions", "ours")
    print("  ".join(f"{c:>{max(12, len(c))}}" for c in columns))
    rows: list[tuple[str, ...]] = [("ours", f"{size:.0f}", f"{speed:,.0f}", "", "1.0", f"{runs[0][1]}", "")]
    for peer in peers:
        seconds, found, count = run_peer(peer, read(args.file, args.peer_kb), args.limit)
        same = articles[:count]
        own = [ours(same) for _ in range(args.passes)]
        theirs = kilobytes_of(same) / seconds
        mine = kilobytes_of(same) / statistics.median(s for s, _ in own)
        figures = (f"{kilobytes_of(same):.0f}", f"{theirs:,.1f}", f"{mine:,.0f}", f"{mine / theirs:,.1f}")
        rows.append((peer.name, *figures, f"{found}", f"{own[0][1]}"))
    for row in rows:
        print("  ".join(f"{x:>{max(12, len(c))}}" for x, c in zip(row, columns, strict=True)), flush=True)


def hostile(sizes: list[int]) -> None:
    """Print seconds by length, and by how much they grow from one length to the next."""
    print(f"{'text':28}", *(f"{n:>9,}" for n in sizes), "  growth")
    annotate("midi", None)
    worst = 0.0
    for name, unit in _HOSTILE.items():
        seconds = []
        for size in sizes:
            text = (unit * (size // len(unit) + 1))[:size]
            start = time.process_time()
            annotate(text, date(2024, 3, 5))
            seconds.append(time.process_time() - start)
        growth = [b / a for a, b in pairwise(seconds)]
        worst = max(worst, *seconds)
        print(
            f"{name:28}",
            *(f"{s:8.2f}s" for s in seconds),
            " ",
            " ".join(f"{g:.2f}" for g in growth),
            flush=True,
        )
    print(f"slowest: {worst:.2f} s")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", help="JSON lines with `text`")
    parser.add_argument("--kb", type=int, default=2000, help="kilobytes of text for us")
    parser.add_argument("--peer-kb", type=int, default=200, help="kilobytes of text for peers")
    parser.add_argument("--limit", type=float, default=30.0, help="seconds after which a peer stops reading")
    parser.add_argument("--passes", type=int, default=3, help="times our texts are worked off")
    parser.add_argument("--peers", type=Path, help="folder with the peers")
    parser.add_argument("--hostile", action="store_true", help="time hostile texts instead")
    parser.add_argument("--sizes", type=int, nargs="+", default=[250_000, 500_000, 1_000_000])
    args = parser.parse_args()
    if args.hostile:
        hostile(args.sizes)
    elif args.file is None:
        parser.error("give a file, or --hostile")
    else:
        compare(args)


if __name__ == "__main__":
    main()
