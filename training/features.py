"""What the network is told of a word, and the lexicon it comes from (Lefff: part of speech and inflection of a form)."""

from collections.abc import Iterable
from pathlib import Path

_POS = ["nc", "v", "adj", "adv", "np", "prep", "det", "pro", "csu", "coo", "cl", "prel", "pri", "pres", "aux"]
_UPOS = {"nc": "NOUN", "v": "VERB", "auxEtre": "AUX", "auxAvoir": "AUX", "adj": "ADJ", "adv": "ADV"}
_MOODS = "PFIJCYSTKGW"
BITS = len(_POS) + 4 + len(_MOODS) + 6 + 1


def _bits(pos: str, morph: str) -> int:
    """Part of speech, gender and number of nouns and adjectives, mood, person and number of verbs."""
    short = next((p for p in _POS if pos == p), None) or next(
        (p for p in ("aux", "cl") if pos.startswith(p)), None
    )
    bits = 1 << (_POS.index(short) if short else BITS - 1)
    base = len(_POS)
    if pos in ("v", "auxEtre", "auxAvoir") or (pos == "adj" and morph.startswith("K")):
        for c in morph:
            if c in _MOODS:
                bits |= 1 << (base + 4 + _MOODS.index(c))
            elif c in "123":
                for n in "sp":
                    if n in morph:
                        bits |= 1 << (base + 4 + len(_MOODS) + int(c) - 1 + (3 if n == "p" else 0))
    if pos in ("nc", "adj", "np", "det", "pro") or "K" in morph:
        for k, c in enumerate("mfsp"):
            if c in morph:
                bits |= 1 << (base + k)
    return bits


class Lexicon:
    """Forms with the classes of their readings, and their lemmas by part of speech."""

    def __init__(self) -> None:
        self.mask: dict[str, int] = {}
        self.lemma: dict[tuple[str, str], set[str]] = {}

    def read(self, path: Path) -> None:
        """Read a Lefff .mlex file: form, category, lemma, inflection."""
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) < 4 or " " in parts[0] or "_" in parts[0]:
                continue
            form, pos, lemma, morph = parts
            form = form.replace("’", "'")
            if pos in ("epsilon", "meta", "sbound", "parento", "parentf", "poncts", "ponctw", "etr"):
                continue
            self.mask[form] = self.mask.get(form, 0) | _bits(pos, morph)
            upos = _UPOS.get(pos)
            if upos and lemma and not lemma.startswith("_"):
                upos = "VERB" if "K" in morph and pos == "adj" else upos
                self.lemma.setdefault((form, upos), set()).add(lemma)


def edit_script(form: str, lemma: str) -> str:
    """The change from a form to its lemma: case (l lower, k kept), letters taken off the end, letters put there."""
    case = "k" if form == lemma or (form[:1].isupper() and lemma[:1].isupper()) else "l"
    base = form if case == "k" else form.lower()
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    if common == 0:
        return f"={lemma}"
    return f"{case}{len(base) - common}+{lemma[common:]}"


def vocabulary(words: Iterable[tuple[str, float]], least: float) -> dict[str, int]:
    """Indices (from 2; 0 padding, 1 unknown) of the words that reach the weight `least`."""
    weights: dict[str, float] = {}
    for word, weight in words:
        low = word.lower()
        weights[low] = weights.get(low, 0) + weight
    kept = sorted((w for w, n in weights.items() if n >= least), key=lambda w: (-weights[w], w))
    return {w: i + 2 for i, w in enumerate(kept)}
