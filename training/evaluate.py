"""Figures of a language pack's analysis on the test sets, clean and noisy. `python -m training.evaluate --help`.

Scores are of text, not of gold tokens: a gold token counts as found where the analysis has a token with the same letters.
Trees: with the gold sentences (`sentence`) and with sentences joined by tens into an article (`article`).
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_etl import language
from corpus_etl.language.annotation import strip_accents

from . import data
from .data import Sent, spans_of

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "other": "MISC"}


def spoilt(sents: list[Sent], seed: int = 7) -> list[Sent]:
    """The sentences as crawls have them: curly apostrophes, « », no accents on capitals, a twentieth in capitals."""
    rng = random.Random(seed)
    result = []
    for s in sents:
        capitals = rng.random() < 0.05
        text = s.text
        opened = False
        letters = []
        for c in text:
            if c == "'":
                c = "’"
            elif c == '"':
                opened = not opened
                c = "«" if opened else "»"
            elif c.isupper() and len(strip_accents(c)) == 1:
                c = strip_accents(c)
            if capitals and len(c.upper()) == 1:
                c = c.upper()
                c = strip_accents(c) if len(strip_accents(c)) == 1 else c
            letters.append(c)
        changed = Sent(**{**vars(s), "text": "".join(letters)})
        assert len(changed.text) == len(text)
        result.append(changed)
    return result


@dataclass
class Joined:
    """Sentences joined into a paragraph: its text, and where each sentence begins."""

    text: str
    sents: list[Sent]
    starts: list[int]


_STOPPED = re.compile(r"[.!?…:;][\"»”)\]' ’]*$")


def joined(
    sents: list[Sent], noisy: bool, lines: bool = True, size: int = 10, seed: int = 11
) -> Iterator[Joined]:
    """Texts of `size` sentences; noisy: a third of the full stops lack their space.

    `lines`: a sentence without a stop (heading, list item) ends its line, as in an article; else all is one paragraph.
    """
    rng = random.Random(seed)
    for k in range(0, len(sents), size):
        part = sents[k : k + size]
        text, starts = "", []
        for n, s in enumerate(part):
            starts.append(len(text))
            text += s.text
            follows = part[n + 1].text[:1] if n + 1 < len(part) else ""
            glue = noisy and text.endswith(".") and follows.isupper() and rng.random() < 0.33
            text += "\n" if lines and not _STOPPED.search(s.text) else "" if glue else " "
        yield Joined(text.rstrip(), part, starts)


def tree_figures(analyser: language.Analyser, paragraphs: list[Joined]) -> dict[str, float]:
    """F (%) of tokens, parts of speech, features, lemmas, heads, heads with relation, sentences."""
    n: Counter[str] = Counter()
    docs = analyser.analyse([(str(i), p.text) for i, p in enumerate(paragraphs)])
    for p, doc in zip(paragraphs, docs, strict=True):
        gold_sents = {(a, a + len(s.text)) for a, s in zip(p.starts, p.sents, strict=True)}
        found_sents = {(s.start, s.end) for s in doc.sentences}
        n["sent_gold"] += len(gold_sents)
        n["sent_found"] += len(found_sents)
        n["sent_right"] += len(gold_sents & found_sents)
        tokens: dict[tuple[int, int], tuple[language.Token, tuple[int, int] | None]] = {}
        for s in doc.sentences:
            for t in s.tokens:
                h = s.tokens[t.head]
                tokens[t.start, t.end] = (t, None if t.head == t.i else (h.start, h.end))
        n["found"] += len(tokens)
        for a, s in zip(p.starts, p.sents, strict=True):
            n["gold"] += len(s.words)
            for k, (start, end) in enumerate(s.spans):
                found = tokens.get((a + start, a + end))
                if not found:
                    continue
                t, head = found
                gold_head = None if s.heads[k] < 0 else tuple(a + x for x in s.spans[s.heads[k]])
                n["token"] += 1
                n["upos"] += t.upos == s.upos[k]
                n["feats"] += t.feats == s.feats[k]
                n["lemma"] += t.lemma == s.lemmas[k] or not s.lemmas[k]
                n["uas"] += head == gold_head
                n["las"] += head == gold_head and t.deprel == s.rels[k]
    total = n["gold"] + n["found"]
    figures = {k: 200 * n[k] / total for k in ("token", "upos", "feats", "lemma", "uas", "las")}
    figures["sentence"] = 200 * n["sent_right"] / (n["sent_gold"] + n["sent_found"])
    return {k: round(v, 2) for k, v in figures.items()}


def sentence_figure(texts: list[Joined], code: str) -> float:
    """F (%) of sentences: both ends right."""
    gold = found = right = 0
    for p in texts:
        ours = set(language.split_sentences(p.text, code))
        theirs = {(a, a + len(s.text)) for a, s in zip(p.starts, p.sents, strict=True)}
        gold, found, right = gold + len(theirs), found + len(ours), right + len(ours & theirs)
    return round(200 * right / max(1, gold + found), 2)


def name_figures(analyser: language.Analyser, sents: list[Sent], kinds: dict[str, str]) -> dict[str, Any]:
    """Precision, recall and F (%) of names by kind and of all; places and ends must be right.

    A gold name with several admitted kinds (FrSemCor has one class for organisations and inhabited places) counts as
    `institution`; `kinds` may decide it, by "sentence id:first token".
    """
    n: Counter[str] = Counter()
    docs = analyser.analyse([(str(i), s.text) for i, s in enumerate(sents)])
    for s, doc in zip(sents, docs, strict=True):
        gold: dict[tuple[int, int], str] = {}
        for a, b, admitted in spans_of(s.names):
            kind = kinds.get(f"{s.sent_id}:{a}") or (admitted[0] if len(admitted) == 1 else "ORG|LOC")
            gold[s.spans[a][0], s.spans[b - 1][1]] = kind
        open_places = [s.spans[k] for k, x in enumerate(s.names) if x & 1 and x != 1]
        for (start, end), kind in _names(doc).items():
            if any(a < end and b > start for a, b in open_places):
                continue
            right = (start, end) in gold and kind in gold[start, end].split("|")
            label = gold[start, end] if right else kind
            n[f"found {label}"] += 1
            n[f"right {label}"] += right
        for kind in gold.values():
            n[f"gold {kind}"] += 1
    every = sorted({k.split()[1] for k in n})
    groups = {k: [k] for k in every} | {"all": every}
    if "ORG|LOC" in every:
        groups["institution"] = ["ORG|LOC", "ORG", "LOC"]
    result = {}
    for name, members in groups.items():
        right, found, gold_n = (sum(n[f"{what} {m}"] for m in members) for what in ("right", "found", "gold"))
        result[name] = {
            "p": round(100 * right / max(1, found), 1),
            "r": round(100 * right / max(1, gold_n), 1),
            "f": round(200 * right / max(1, found + gold_n), 1),
            "n": gold_n,
        }
    return result


def _names(doc: language.AnalysedDocument) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    start = last = -1
    for s in doc.sentences:
        previous = ""
        for t in s.tokens:
            if t.entity_iob == "B" or (t.entity_iob == "I" and t.entity != previous):
                start = t.start
            elif t.entity_iob == "I":
                found.pop((start, last), None)
            if t.entity_iob in "BI" and t.entity:
                last = t.end
                found[start, last] = KINDS[t.entity]
            previous = t.entity
    return found


def figures(shared: Path, code: str, kinds: dict[str, str]) -> dict[str, Any]:
    """All figures of the model card."""
    analyser = language.load(code)
    spans = data.frsemcor_spans(shared / "ner" / "frsemcor" / "sequoia-9.1.frsemcor")
    result: dict[str, Any] = {}
    trees = shared / "treebanks"
    for name, path in (
        ("sequoia-test", trees / "sequoia-test.conllu"),
        ("gsd-test", trees / "gsd-test.conllu"),
        ("partut-test", trees / "evaluation-only" / "partut-test.conllu"),
    ):
        sents = data.treebank(path, name)
        for state, used in (("clean", sents), ("noisy", spoilt(sents))):
            noisy = state == "noisy"
            single = [Joined(s.text, [s], [0]) for s in used]
            result[f"{name} {state}"] = {
                "sentence": tree_figures(analyser, single),
                "article": tree_figures(analyser, list(joined(used, noisy))),
                "one line": {
                    "sentence": sentence_figure(list(joined(used, noisy, lines=False)), analyser.code)
                },
            }
            if name == "sequoia-test":
                data.add_frsemcor(used, spans)
                result[f"{name} {state}"]["names"] = name_figures(analyser, used, kinds)
    wiki = data.columns(
        shared / "ner" / "evaluation-only" / "wikineural-fr-test.conllu", "wikineural", "\t", False
    )[:4000]
    for state, used in (("clean", wiki), ("noisy", spoilt(wiki))):
        result[f"wikineural {state}"] = {"names": name_figures(analyser, used, {})}
    return result


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--language", default="fr")
    parser.add_argument("--model", type=Path, help="a model folder instead of the pack's")
    args = parser.parse_args()
    if args.model:
        analyser = language.Analyser(args.language, args.model)
        language.load = lambda code: analyser  # type: ignore[assignment]
    kinds_path = Path(__file__).parent / "data" / "sequoia_test_kinds.json"
    kinds = json.loads(kinds_path.read_text(encoding="utf-8")) if kinds_path.exists() else {}
    for name, values in figures(args.shared, args.language, kinds).items():
        for part, found in values.items():
            print(name, part, json.dumps(found, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
