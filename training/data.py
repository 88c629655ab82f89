"""Training data: treebanks and names, as sentences of surface tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus_etl.language.tokenizer import normalise, tokenize

TAGS = ["O", *(f"{p}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for p in "BI")]
TAG_BIT = {t: 1 << i for i, t in enumerate(TAGS)}
ANY = (1 << len(TAGS)) - 1


@dataclass
class Sent:
    """A sentence. `names` holds per token the set of admitted tags as bits; 0: not labelled. `soft` holds probabilities of
    the tags (tokens, tags) by an ensemble instead."""

    words: list[str]
    source: str
    sent_id: str = ""
    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)  # -1: root
    rels: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    soft: npt.NDArray[np.float16] | None = None


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def treebank(path: Path, source: str) -> list[Sent]:
    """Sentences of a CoNLL-U file; a contraction is one token with the part of speech and head of its outer word."""
    result = []
    for block in _blocks(path):
        meta = dict(re.findall(r"^# (\S+) = (.*)$", "\n".join(b for b in block if b[0] == "#"), re.M))
        rows = [b.split("\t") for b in block if b[0] != "#"]
        ranges = {int(r[0].split("-")[0]): (int(r[0].split("-")[1]), r) for r in rows if "-" in r[0]}
        words = [r for r in rows if r[0].isdigit()]
        sent = Sent([], source, meta.get("sent_id", ""))
        new: dict[int, int] = {}
        raw_heads = []
        text = ""
        i = 0
        while i < len(words):
            n = int(words[i][0])
            last, row = ranges.get(n, (n, words[i]))
            part = words[i : i + last - n + 1]
            outer = next((p for p in part if not n <= int(p[6]) <= last), part[0])
            feats = outer[5]
            if len(part) > 1 and outer[3] == "ADP" and part[1][3] == "DET":
                feats = part[1][5]
            form = normalise(row[1])
            for p in part:
                new[int(p[0])] = len(sent.words)
            sent.spans.append((len(text), len(text) + len(form)))
            text += form + ("" if "SpaceAfter=No" in row[9] else " ")
            sent.words.append(form)
            sent.lemmas.append(normalise(outer[2]) if outer[2] != "_" else "")
            sent.upos.append(outer[3])
            sent.feats.append("" if feats == "_" else feats)
            sent.rels.append(outer[7])
            raw_heads.append(int(outer[6]))
            i += len(part)
        sent.heads = [-1 if h == 0 else new[h] for h in raw_heads]
        sent.heads = [-1 if h == k else h for k, h in enumerate(sent.heads)]
        sent.text = text.rstrip()
        result.append(sent)
    return result


_SENSE = {"Person": ("PER",), "Institution": ("ORG", "LOC")}


def frsemcor_spans(path: Path) -> dict[str, list[tuple[int, int, tuple[str, ...] | None]]]:
    """By sentence id: names as (start, end, kinds) in code points of the sentence without spaces; kinds None: undecided."""
    result = {}
    for block in _blocks(path):
        sent_id = next((b.split("=", 1)[1].strip() for b in block if b.startswith("# sent_id")), "")
        rows = [b.split("\t") for b in block if b[0] != "#"]
        places = []
        at = 0
        for r in rows:
            form = normalise(r[1]).replace(" ", "").replace("_", "")
            places.append((at, at + len(form)))
            at += len(form)
        groups: dict[str, list[int]] = {}
        senses: dict[str, str] = {}
        for k, r in enumerate(rows):
            for ident, _, sense in (x.partition(":") for x in r[5].split(";")):
                if ident.isdigit():
                    groups.setdefault(ident, []).append(k)
                    if sense:
                        senses[ident] = sense
        taken: set[int] = set()
        spans: list[tuple[int, int, tuple[str, ...] | None]] = []
        order = sorted(groups.items(), key=lambda g: -len(g[1]))
        for ident, members in order:
            if taken & set(members) or members[-1] - members[0] + 1 != len(members):
                continue
            named = any(
                rows[k][3] == "NPP"
                or (rows[k][3] in ("NC", "ADJ", "ET") and rows[k][1][:1].isupper() and k > 0)
                for k in members
            )
            sense = senses.get(ident, "").split("/")[0]
            if not named:
                continue
            taken |= set(members)
            first = members[0]
            if rows[first][3] in ("DET", "P", "P+D") and len(members) > 1:
                first = members[1]
            spans.append((places[first][0], places[members[-1]][1], _kinds(sense)))
        for k, r in enumerate(rows):
            if k in taken or r[3] not in ("NPP", "NC"):
                continue
            sense = r[5].split(";")[-1].split("/")[0]
            if r[3] == "NPP":
                spans.append((*places[k], _kinds(sense)))
            elif r[1][:1].isupper() and k > 0 and sense in _SENSE:
                spans.append((*places[k], None))
        result[sent_id] = sorted(spans)
    return result


def _kinds(sense: str) -> tuple[str, ...] | None:
    if sense in _SENSE:
        return _SENSE[sense]
    return ("MISC", "LOC", "O") if sense not in ("*", "") else None


def add_frsemcor(sents: list[Sent], spans: dict[str, list[tuple[int, int, tuple[str, ...] | None]]]) -> None:
    """Label the names of treebank sentences."""
    for s in sents:
        if s.sent_id not in spans:
            continue
        ends, at = [], 0
        for w in s.words:
            n = len(w.replace(" ", "").replace("_", ""))
            ends.append((at, at + n))
            at += n
        s.names = [TAG_BIT["O"]] * len(s.words)
        for start, end, kinds in spans[s.sent_id]:
            inside = [k for k, (a, b) in enumerate(ends) if a < end and b > start]
            for n, k in enumerate(inside):
                if kinds is None:
                    s.names[k] = ANY
                else:
                    prefix = "B" if n == 0 else "I"
                    s.names[k] = sum(TAG_BIT["O" if x == "O" else f"{prefix}-{x}"] for x in kinds)


def leave_descriptions(sents: list[Sent]) -> None:
    """Leave open what FrSemCor calls a person without naming it (« ministre des Finances »): a common noun comes first."""
    for s in sents:
        for a, b, kinds in spans_of(s.names):
            if kinds == ["PER"] and s.upos[a] == "NOUN" and s.words[a][:1].islower():
                s.names[a:b] = [ANY] * (b - a)


_INLINE = re.compile(r"\[(PER|ORG|LOC|MISC) ([^\[\]]+)\]")


def labelled_lines(path: Path) -> list[Sent]:
    """Sentences with inline labels, `[PER Jeanne Martin]`."""
    result = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        text, names, last = "", [], 0
        for m in _INLINE.finditer(line):
            text += line[last : m.start()]
            names.append((len(text), len(text) + len(m[2]), m[1]))
            text += m[2]
            last = m.end()
        text = normalise(text + line[last:]).rstrip()
        if not text.strip():
            continue
        result.append(from_text(text, names, "news", f"{path.stem}:{number + 1}"))
    return result


def from_text(
    text: str, names: list[tuple[int, int, str]], source: str, ident: str, silver: bool = False
) -> Sent:
    """Tokens of `text` with labels of names; `silver`: what is not labelled may be another kind of name (MISC)."""
    spans = tokenize(text)
    outside = TAG_BIT["O"] | (TAG_BIT["B-MISC"] | TAG_BIT["I-MISC"] if silver else 0)
    tags = [outside] * len(spans)
    for start, end, kind in names:
        inside = [k for k, (a, b) in enumerate(spans) if a < end and b > start]
        for n, k in enumerate(inside):
            tags[k] = TAG_BIT[f"{'B' if n == 0 else 'I'}-{kind}"]
    return Sent([text[a:b] for a, b in spans], source, ident, text, spans, names=tags)


def columns(path: Path, source: str, sep: str, silver: bool) -> list[Sent]:
    """Sentences of a two-column file of names (WikiANN, WikiNEuRal, Europeana)."""
    result = []
    rows: list[tuple[str, str]] = []

    def flush() -> None:
        text, names, previous = "", [], "O"
        for word, tag in rows:
            if text and not text.endswith("'") and word not in {",", ".", ")", "'"}:
                text += " "
            elif text.endswith(" '"):
                text = text[:-2] + "'"
            if tag != "O":
                if tag[0] == "I" and previous[2:] == tag[2:] and names:
                    names[-1] = (names[-1][0], len(text) + len(word), tag[2:])
                else:
                    names.append((len(text), len(text) + len(word), tag[2:]))
            text += word
            previous = tag
        if text.strip():
            result.append(from_text(normalise(text), names, source, str(len(result)), silver))
        rows.clear()

    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split(sep)
        if len(parts) < 2 or not parts[0].strip():
            flush()
            continue
        word = parts[-2].removeprefix("fr:").strip()
        if word:
            rows.append((word, parts[-1]))
        if source == "europeana" and ((word == "." and len(rows) > 5) or len(rows) >= 40):
            flush()
    flush()
    return result


def spans_of(tags: list[int]) -> list[tuple[int, int, list[str]]]:
    """Names (first, end, admitted kinds) in tag bits; those that may also be no name are left out."""
    begins = {k: TAG_BIT[f"B-{k}"] for k in ("PER", "ORG", "LOC", "MISC")}
    spans = []
    k = 0
    while k < len(tags):
        kinds = [x for x, bit in begins.items() if tags[k] & bit]
        if kinds and not tags[k] & 1:
            end = k + 1
            while (
                end < len(tags)
                and tags[end] & TAG_BIT[f"I-{kinds[0]}"]
                and not tags[end] & (1 | begins[kinds[0]])
            ):
                end += 1
            spans.append((k, end, kinds))
            k = end
        else:
            k += 1
    return spans


def decode_names(tags: list[int]) -> list[tuple[int, int, str]]:
    """Names in a sequence of tag numbers; an I that continues nothing opens a name."""
    spans: list[tuple[int, int, str]] = []
    for k, tag in enumerate(TAGS[t] for t in tags):
        if tag == "O":
            continue
        if tag[0] == "I" and spans and spans[-1][1] == k and spans[-1][2] == tag[2:]:
            spans[-1] = (spans[-1][0], k + 1, tag[2:])
        else:
            spans.append((k, k + 1, tag[2:]))
    return spans


_CLAIMS = {"à", "en", "au", "aux", "vers", "près", "depuis", "sur"}


def decide_kinds(sents: list[Sent], known: dict[str, str]) -> None:
    """Say which names of FrSemCor's institutions are organisations and which are places, where that is plain.

    `known`: kind of names elsewhere (lower case). Else: initials and names that begin with a common noun are organisations;
    a single name behind a preposition of place, or with hyphens around one (« Bar-le-Duc »), is a place.
    """
    for s in sents:
        for a, b, kinds in spans_of(s.names):
            if len(kinds) != 2:
                continue
            words = s.words[a:b]
            text = " ".join(words)
            before = s.words[a - 1].lower() if a else ""
            kind = known.get(text.lower())
            if kind is None and (
                words[0][:1].islower() or (len(words) > 1 and s.upos[a : a + 1] == ["NOUN"])
            ):
                kind = "ORG"
            elif kind is None and len(words) == 1:
                if len(text) > 1 and text.isupper():
                    kind = "ORG"
                elif (
                    before in _CLAIMS
                    or re.search(r"-(?:sur|le|la|les|en|de|sous|du|d'|l')-?", text.lower())
                    or (text[:1].isupper() and known.get(text.lower().split("-")[0]) == "LOC")
                ):
                    kind = "LOC"
            if kind:
                for k in range(a, b):
                    s.names[k] = TAG_BIT[f"{'B' if k == a else 'I'}-{kind}"]


def kinds_elsewhere(sents: list[Sent]) -> dict[str, str]:
    """Names that are organisations or places in two thirds of their labels, in lower case."""
    counts: dict[str, dict[str, float]] = {}
    for s in sents:
        for a, b, kinds in spans_of(s.names):
            if len(kinds) == 1 and kinds[0] in ("ORG", "LOC"):
                votes = counts.setdefault(" ".join(s.words[a:b]).lower(), {"ORG": 0.0, "LOC": 0.0})
                votes[kinds[0]] += 3.0 if s.source == "news" else 1.0
    result = {}
    for name, votes in counts.items():
        kind = max(votes, key=lambda k: votes[k])
        if votes[kind] >= 2 * min(votes.values()) + 0.5:
            result[name] = kind
    return result
