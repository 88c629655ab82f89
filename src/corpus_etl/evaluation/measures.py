"""The measures: per document counts that add up, so that totals, types and resampled intervals come from one place."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from .coreference import Coreference, coreference, f1
from .gold import Gold, Mention
from .matching import count_amounts, dates_close, match
from .names import count_same, same_name

_ROUNDS = 1000
_SEED = 20
_LOW, _HIGH = 0.025, 0.975


@dataclass(frozen=True)
class Scores:
    """All measures of an evaluation; `intervals` are 95 % bootstrap intervals over documents."""

    measures: dict[str, dict[str, float]]
    by_type: dict[str, dict[str, float]]
    intervals: dict[str, tuple[float, float]]
    coreference: Coreference
    documents: int

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able form, rounded to four digits."""

        def tidy(value: Any) -> Any:
            if isinstance(value, dict):
                return {k: tidy(v) for k, v in value.items()}
            if isinstance(value, (list, tuple)):
                return [tidy(v) for v in value]
            return round(value, 4) if isinstance(value, float) else value

        return dict(
            tidy(
                {
                    "documents": self.documents,
                    **self.measures,
                    "coreference": vars(self.coreference),
                    "intervals": self.intervals,
                    "by_type": self.by_type,
                }
            )
        )


def score(gold: Gold, found: Gold) -> Scores:
    """Score predicted mentions of the documents of `gold`.

    Trigger: right where the type is equal and the trigger overlaps or lies in the same sentence. Optional
    annotations count when found and are not missed when not. Names count over all mentions; dates, amounts,
    factuality and attribution over the matched ones; a record is right in type, actor, recipient and date together.
    """
    counts, types, gold_keys, found_keys = [], Counter[str](), [], []
    for name in sorted(gold):
        document, pairs = _document(gold[name], found.get(name, []), types)
        counts.append(document)
        gold_keys += [gold[name][i].event for i, _ in pairs]
        found_keys += [found[name][j].event for _, j in pairs]
    return Scores(
        measures=_measures(sum(counts, Counter())),
        by_type=_by_type(types),
        intervals=_intervals(counts),
        coreference=coreference(gold_keys, found_keys),
        documents=len(gold),
    )


def _document(
    gold: list[Mention], found: list[Mention], types: Counter[str]
) -> tuple[Counter[str], list[tuple[int, int]]]:
    pairs = match(gold, found, lambda t: t)
    answered = dict(pairs)
    counted = [i for i, g in enumerate(gold) if i in answered or not g.optional]
    n: Counter[str] = Counter(
        {"trigger.hit": len(pairs), "trigger.found": len(found), "trigger.gold": len(counted)}
    )
    families = match(gold, found, lambda t: t.split(".")[0])
    in_family = {i for i, _ in families}
    n["family.hit"], n["family.found"] = len(families), len(found)
    n["family.gold"] = sum(i in in_family or not g.optional for i, g in enumerate(gold))
    for i in counted:
        types[f"{gold[i].event_type}.gold"] += 1
        types[f"{gold[i].event_type}.hit"] += i in answered
    matched = {j: i for i, j in pairs}
    for j, f in enumerate(found):
        types[f"{gold[matched[j]].event_type if j in matched else f.event_type}.found"] += 1
    for role in ("actor", "recipient"):
        n[f"{role}.found"] += sum(len(getattr(f, role)) for f in found)
        for i in counted:
            wanted = getattr(gold[i], role)
            n[f"{role}.gold"] += len(wanted)
            if i in answered:
                given = getattr(found[answered[i]], role)
                n[f"{role}.hit"] += count_same(wanted, given)
                n[f"{role}.found"] -= _neutral(gold[i], role, given)
    for i, j in pairs:
        n.update(_pair(gold[i], found[j]))
    return n, pairs


def _neutral(gold: Mention, role: str, given: list[str]) -> int:
    """How many names are neither right nor wrong: optional in the annotation."""
    extra = [name for name in given if not any(same_name(name, w) for w in getattr(gold, role))]
    return count_same(list(gold.optional_names.get(role, [])), extra)


def _pair(g: Mention, f: Mention) -> Counter[str]:
    n: Counter[str] = Counter()
    right = True
    for role in ("actor", "recipient"):
        wanted, given = getattr(g, role), getattr(f, role)
        right &= count_same(wanted, given) == len(wanted) == len(given) - _neutral(g, role, given)
    if g.date is None:
        n["undated"] += 1
        n["spurious"] += f.date is not None
    elif not g.date_optional:
        exact = f.date == g.date
        close = exact or (f.date is not None and dates_close(g.date, f.date))
        n["date.n"] += 1
        n["date.exact"] += exact
        n["date.close"] += close
        right &= close
    n["amount.hit"] += count_amounts(g.amounts, f.amounts)
    n["amount.gold"] += len(g.amounts)
    n["amount.found"] += len(f.amounts)
    n["factuality"] += g.factuality == f.factuality
    accepted = [name for name in (g.attribution, g.attribution_optional) if name]
    named = f.attribution is not None and any(same_name(name, f.attribution) for name in accepted)
    n["attribution"] += named or (g.attribution is None and f.attribution is None)
    if g.attribution:
        n["attribution.n"] += 1
        n["attribution.hit"] += f.attribution is not None and same_name(g.attribution, f.attribution)
    n["record.hit"] += right
    return n


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _prf(hit: float, found: float, gold: float) -> dict[str, float]:
    precision, recall = _share(hit, found), _share(hit, gold)
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1(precision, recall),
        "found": found,
        "gold": gold,
    }


def _measures(n: Counter[str]) -> dict[str, dict[str, float]]:
    result = {
        m: _prf(n[f"{m}.hit"], n[f"{m}.found"], n[f"{m}.gold"])
        for m in ("trigger", "family", "actor", "recipient", "amount")
    }
    result["date"] = {
        "exact": _share(n["date.exact"], n["date.n"]),
        "close": _share(n["date.close"], n["date.n"]),
        "spurious": _share(n["spurious"], n["undated"]),
        "gold": n["date.n"],
    }
    result["factuality"] = {"accuracy": _share(n["factuality"], n["trigger.hit"])}
    result["attribution"] = {
        "accuracy": _share(n["attribution"], n["trigger.hit"]),
        "recall": _share(n["attribution.hit"], n["attribution.n"]),
        "gold": n["attribution.n"],
    }
    result["record"] = _prf(n["record.hit"], n["trigger.found"], n["trigger.gold"])
    return result


def _by_type(types: Counter[str]) -> dict[str, dict[str, float]]:
    names = sorted({key.rsplit(".", 1)[0] for key in types})
    return {t: _prf(types[f"{t}.hit"], types[f"{t}.found"], types[f"{t}.gold"]) for t in names}


def _intervals(counts: list[Counter[str]]) -> dict[str, tuple[float, float]]:
    """95 % intervals of the F1 of trigger, actor, recipient and record: documents drawn again with replacement."""
    chance = random.Random(_SEED)
    values: dict[str, list[float]] = {"trigger": [], "actor": [], "recipient": [], "record": []}
    for _ in range(_ROUNDS if counts else 0):
        drawn: Counter[str] = Counter()
        for document in chance.choices(counts, k=len(counts)):
            drawn.update(document)
        measures = _measures(drawn)
        for name, sample in values.items():
            sample.append(measures[name]["f1"])
    return {
        name: (_quantile(sample, _LOW), _quantile(sample, _HIGH)) for name, sample in values.items() if sample
    }


def _quantile(sample: list[float], share: float) -> float:
    return sorted(sample)[round(share * (len(sample) - 1))]
