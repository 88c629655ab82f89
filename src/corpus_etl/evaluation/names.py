"""When two names count as the same in an evaluation."""

import unicodedata

_SMALL = {"le", "la", "les", "l", "d", "de", "du", "des", "inc", "the"}


def fold(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, punctuation and small words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple(word for word in kept.split() if word not in _SMALL)


def same_name(a: str, b: str) -> bool:
    """True where both names have the same words, however joined, or one ends in the other (family names)."""
    left, right = fold(a), fold(b)
    if not left or not right:
        return False
    if "".join(left) == "".join(right):
        return True
    short, long = sorted((left, right), key=len)
    return long[-len(short) :] == short


def count_same(wanted: list[str], found: list[str]) -> int:
    """How many of `wanted` have a partner of their own in `found`."""
    left, hits = list(found), 0
    for name in wanted:
        partner = next((other for other in left if same_name(name, other)), None)
        if partner is not None:
            left.remove(partner)
            hits += 1
    return hits
