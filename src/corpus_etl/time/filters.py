"""What the grammar finds and yet is no expression of time: names, ages, counts; and the tense of the words around."""

import re
from typing import Any

from .grammar import Tree

_WINDOW = 160
_CAPITAL = re.compile(r"[A-ZÀ-Ý][^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[A-ZÀ-Ý«\"])|\n")
_FUTURE_FORM = re.compile(r"(?:ra|ront|rai|rons|rez)$")
_AFTER_NUMBER = re.compile(r"\s*(?:%|€|\$|£|°|[a-zà-ÿ]+)")


def _name(match: re.Match[str]) -> bool:
    """« Alexandra, Narendra »: a capitalised word with the ending of a future."""
    return match.group()[:1].isupper() and _FUTURE_FORM.search(match.group()) is not None


class Filters:
    """Filters of a language, compiled from its lexicon."""

    def __init__(self, data: dict[str, Any]) -> None:
        names = data["names"]
        self._feasts = frozenset(str(w) for w in names["feasts"])
        self._capital = frozenset(str(w) for w in names["capital"])
        self._before = re.compile(names["before"], re.IGNORECASE)
        self._age_before = re.compile(names["age_before"], re.IGNORECASE)
        self._age_between = re.compile(names["age_between"])
        self._idioms = re.compile(names["idioms"], re.IGNORECASE)
        self._lasting = re.compile(names["lasting"], re.IGNORECASE)
        self._participle = re.compile(data["tense"]["participle"], re.IGNORECASE)
        self._infinitive = re.compile(data["tense"]["infinitive"], re.IGNORECASE)
        self._postponed = re.compile(data["tense"]["postponed"], re.IGNORECASE)
        self._apposed = re.compile(data["tense"]["apposed"], re.IGNORECASE)
        self._pluperfect = re.compile(data["tense"]["pluperfect"], re.IGNORECASE)
        self._intended = re.compile(data["tense"]["intended"], re.IGNORECASE)
        self._ahead = re.compile(data["tense"]["ahead"], re.IGNORECASE)
        self._adjoining = re.compile(data["tense"]["adjoining"], re.IGNORECASE)
        self._future = re.compile(data["tense"]["future"], re.IGNORECASE)
        self._past = re.compile(data["tense"]["past"], re.IGNORECASE)
        self._numbers = frozenset(str(w) for words in data["numbers"].values() for w in words)
        counted = data["counted"]
        self._not_nouns = frozenset(str(w) for w in counted["not_nouns"])
        self._not_nouns_before = frozenset(str(w) for w in names["not_nouns"])
        self._units = frozenset(str(w) for w in counted["units"])
        self._month_before = re.compile(names["month_before"], re.IGNORECASE)
        self._duration_not_before = re.compile(names["duration_not_before"], re.IGNORECASE)

    def tense(self, text: str, start: int, end: int, since: int = 0) -> int:
        """-1 past, +1 future, 0 open: the cue nearest to the expression inside its sentence; -2 where a past participle
        stands right before (« s'est engagé en janvier »), 2 where a future does (« rentrera à Noël »). Words before `since`,
        the end of the expression before, belong to that one."""
        low = max(since, start - _WINDOW)
        before = text[low:start]
        cuts = [m.end() for m in _SENTENCE_END.finditer(before)]
        if cuts:
            before = before[cuts[-1] :]
        after = text[end : end + _WINDOW]
        cut = _SENTENCE_END.search(after)
        if cut:
            after = after[: cut.start()]
        if self._intended.search(before):
            return 1
        told = self._participled(before)
        if told:
            return told
        best, side = 10_000, 0
        for pattern, sign in ((self._future, 1), (self._past, -1)):
            for match in pattern.finditer(before):
                if _name(match):
                    continue
                if len(before) - match.end() < best:
                    best, side = len(before) - match.end(), sign
                    if sign < 0 and (self._adjoining.fullmatch(before, match.end()) or self._pluperfect.match(before, match.start())):
                        side = -2
                    elif sign > 0 and best < 25 and _FUTURE_FORM.search(match.group()):
                        side = 2
            first = pattern.search(after)
            # Words after the expression weigh less: its own verb usually stands before it.
            if first and first.start() + 15 < best:
                best, side = first.start() + 15, sign
        return side or (1 if self._ahead.search(before) else 0)

    def _participled(self, before: str) -> int:
        """The tense where a participle stands right before an expression, 0 where none does: past, unless a future or a
        plan is in its clause (« sera jugé le 5 mai », « prévu en mai »), or an infinitive leaves it open."""
        if self._postponed.search(before):
            return 1
        participle = self._participle.search(before) or self._apposed.search(before)
        if participle is None:
            return 0
        clause = re.split(r"[,;:(]", before[: participle.start()])[-1]
        if any(not _name(m) for m in self._future.finditer(clause + before[participle.start() :])):
            return 2
        return 0 if self._infinitive.search(clause) else -2

    def keep(self, text: str, folded: str, start: int, end: int, tree: Tree) -> bool:
        """Whether what a rule found is an expression of time."""
        target = tree.rule.target
        before = text[max(0, start - 60) : start]
        if target in ("BAREYEAR", "YEARP", "RANGE"):
            if self._counts(text, start, end, target):
                return False
        elif (target == "DUR" and self._is_age(before, text, start, end)) or (target == "BAREMON" and not self._month(before, text, start, end)):
            return False
        if target in ("DATE", "TIMEP") and self._before.search(before):
            return False
        if target.startswith("CLOCK") and re.match(r"-[a-z]", text[end : end + 2], re.IGNORECASE):
            return False
        for match in self._idioms.finditer(text, max(0, start - 20), end + 12):
            if match.start() < end and match.end() > start:
                return False
        if target == "VAGUEADJ" and not self._adjective(before, text, end):
            return False
        if tree.rule.meaning == "set_unit" and "u" in tree.rule.captures and tree.rule.captures["u"] == "SETADJ":
            if not self._after_noun(before):
                return False
        if target == "YEARP" and tree.rule.meaning == "short_year":
            return re.match(r"\s*(?:[,.;:!?)(]|$|et\b|puis\b)", text[end : end + 8]) is not None
        return not self._is_name(text, start, end)

    def whole_only(self, tree: Tree, text: str, start: int, end: int, whole: bool) -> bool:
        """Whether an expression that needs support (a bare day, « de 5 à 7 ») has it."""
        target = tree.rule.target
        if whole:
            return True
        if target == "WHOLE":
            return False
        if target == "DAYN":
            if re.match(r"\s*,?\s*(?:bis\s+)?(?:rue|avenue|place|boulevard|bd|quai|impasse|allée|chemin|cours|route)\b", text[end : end + 20]):
                return False
            return re.match(r"\s*(?:$|[,.;!?)]|(?:à|au|pour|dans)\s)", text[end : end + 8]) is not None
        if target == "TIMERANGE":
            return False
        meaning = tree.rule.meaning
        if target == "RANGE" and meaning == "days_only_range":
            return not re.match(r"\s*[a-zà-ÿ%€]", text[end : end + 3])
        return not (meaning == "same" and _leaf(tree) in ("weekday_abbreviation",))

    def _counts(self, text: str, start: int, end: int, target: str) -> bool:
        """Whether four digits are a count (« 2000 personnes », « 1900 euros ») and not a year."""
        digits = re.findall(r"\d+", text[start:end])
        if target == "RANGE" and any(len(d) != 4 for d in digits):
            return False
        if not digits or any(not 1000 <= int(d) <= 2199 for d in digits if len(d) > 3):
            return bool(digits) and any(len(d) > 3 for d in digits) and target != "RANGE"
        value = int(digits[-1])
        if target == "BAREYEAR" and not 1400 <= value <= 2099:
            return True
        after = re.match(r"[\s\u00a0\u202f]*([%€$£°]|[^\W\d_]+)", text[end : end + 30])
        if text[end : end + 1] in (",", ".", "/", "-") and text[end + 1 : end + 2].isdigit():
            return True
        if start and text[start - 1] in ",./-–:+" and start > 1 and (text[start - 2].isdigit() or text[start - 1] == "+"):
            return text[start - 1] not in "/–-"
        if after is None:
            return False
        word = after.group(1).lower()
        if word == "pour":
            return re.match(r"\s*pour\s+(?:cent|mille)\b", text[end : end + 16]) is not None
        if word in self._units or not word[0].isalpha():
            return True
        if target == "YEARP":
            return False
        plural = word[-1] in "sx" and word not in self._not_nouns and len(word) > 3
        return plural and after.group(1).islower()

    def _is_age(self, before: str, text: str, start: int, end: int) -> bool:
        words = text[start:end]
        if re.match(r"(?:moins|plus) de .*\bans$", words) and re.search(r"\b(?:les|des|aux)\s$", before):
            return True
        if not re.search(r"\bans?(?: et demie?)?$|aine d[’']années$", words):
            return bool(self._duration_not_before.search(before))
        if self._age_before.search(before):
            return True
        if re.search(r"(?:^|\W)(?:de|d[’'])\s*$", before):
            return self._lasting.search(before) is None
        following = text[end : end + 2]
        digits = re.match(r"(\d{1,3})\s+ans$", text[start:end])
        return bool(digits and self._age_between.search(before) and following[:1] in (",", ")", ".", ";", ""))

    def _adjective(self, before: str, text: str, end: int) -> bool:
        """Prochain, précédent, actuel as adjectives of a noun."""
        return re.match(r"\s+[^\W\d_]{3,}", text[end : end + 12]) is not None or self._after_noun(before)

    def _after_noun(self, before: str) -> bool:
        """Whether an adjective follows a noun rather than an article or a preposition."""
        word = re.search(r"([^\W\d_]+)['’]?\s+$", before)
        return word is not None and len(word.group(1)) > 2 and word.group(1).lower() not in self._not_nouns_before

    def _month(self, before: str, text: str, start: int, end: int) -> bool:
        """A bare month needs a word before it that announces a time."""
        if text[start:end].lower() in self._numbers and text[end : end + 1] != ".":
            return False
        return (start <= 60 and not text[:start].strip()) or self._month_before.search(before) is not None

    def _person(self, text: str, start: int, end: int) -> bool:
        """A feast that is a first or family name here: « Noël Mamère, Bernard Noël, M. Noël »."""
        after = re.match(r"[ -]([A-ZÀ-Ý][^\W\d_]+)", text[end : end + 20])
        before = re.search(r"(?:[A-ZÀ-Ý][^\W\d_]+|\bM\.|\bMM\.|-) ?$", text[max(0, start - 20) : start])
        return after is not None or before is not None

    def _is_name(self, text: str, start: int, end: int) -> bool:
        """Whether a word for a time is written as a name: a capital inside a sentence."""
        for match in _CAPITAL.finditer(text, start, end):
            word = match.group()
            if word.lower() in self._capital and not word.isupper():
                if word.lower() in self._feasts:
                    if self._person(text, match.start(), match.end()):
                        return True
                    continue
                before = text[max(0, match.start() - 3) : match.start()].rstrip(" «\"'")
                if before and before[-1] not in ".!?\n:;-–—•(":
                    return True
        return False


def _leaf(tree: Tree) -> str:
    node: Any = tree
    while isinstance(node, Tree) and node.rule.meaning == "same":
        node = node.children["d"]
    return node.rule.meaning if isinstance(node, Tree) else ""
