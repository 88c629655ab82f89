"""Names as their tags give them, put into shape: what no name can be or end with is taken off."""

from collections.abc import Sequence, Set

_JOINING = frozenset(("DET", "ADP", "CCONJ"))
"""Parts of speech that lead on to a further word (UPOS)."""
_BREAKS = frozenset((",", ";", ":", '"', "«", "»", "“", "”", "-", "–", "—", "...", "…"))
_BRACKETS = {"(": ")", "[": "]"}


def shaped(
    best: Sequence[int], tags: Sequence[str], forms: Sequence[str], upos: Sequence[str], closing: Set[str]
) -> list[int]:
    """`best` (tag numbers of the words `forms`), in which a name

    - has a capital letter,
    - does not end inside brackets that it opens (« Héricourt (filature »),
    - ends with its legal form, where it is an organisation's (« Airbus SE | Toulouse »): `closing`, as written but for stops,
    - does not end with a word that leads on or with a break (« Thomson | des », « Pierre | … »); titles of works may.
    """
    outside = tags.index("O")
    result = list(best)
    first = 0
    while first < len(best):
        end = first + 1
        if best[first] != outside:
            while end < len(best) and tags[best[end]][0] == "I":
                end += 1
            kind = tags[best[first]][2:]
            last = _inside_brackets(forms, first, end)
            if kind == "ORG":
                last = _closed(forms, first, last, closing)
            if kind != "MISC":
                last = _trimmed(forms, upos, first, last)
            if all(form == form.lower() for form in forms[first:last]):
                last = first
            result[last:end] = [outside] * (end - last)
        first = end
    return result


def _inside_brackets(forms: Sequence[str], first: int, end: int) -> int:
    opened: list[int] = []
    for k in range(first, end):
        if forms[k] in _BRACKETS:
            opened.append(k)
        elif forms[k] in _BRACKETS.values():
            if not opened or _BRACKETS[forms[opened.pop()]] != forms[k]:
                return min([k, *opened])
    return opened[0] if opened else end


def _closed(forms: Sequence[str], first: int, end: int, closing: Set[str]) -> int:
    def closes(k: int) -> bool:
        return forms[k].replace(".", "") in closing

    for k in range(first + 1, end - 1):
        if closes(k) and not closes(k + 1) and (forms[k + 1][0].isalnum() or forms[k + 1] in _BREAKS):
            return k + 1
    return end


def _trimmed(forms: Sequence[str], upos: Sequence[str], first: int, end: int) -> int:
    while end > first and (forms[end - 1] in _BREAKS or (upos[end - 1] in _JOINING and forms[end - 1].islower())):
        end -= 1
    return end
