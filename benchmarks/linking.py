"""Linking at scale: a generator of synthetic reports with known events, and time, memory and B-cubed by size.

    python benchmarks/linking.py --sizes 10000 100000 1000000 --ways link link_files

How the reports are made (`generate`; ground truth by construction, one seed gives one corpus):

- Events: a type, parties, a day in ten years, a place, an amount where the type has one, four words of what it is about.
  Parties follow a Zipf law; families share names, so that « Morel » is several people. Two events of one type
  between the same parties are at least 60 days apart.
- Reports: each event has a geometric number of them, mean 4, at most 40. Most are published within days; one in
  eight looks back from up to a year later. A document holds about four reports published on one day.
- What a report says: the parties by full name, by family name only (an entity of the document) or not at all, an
  organisation with or without its legal form; the date as a day (said outright or relative), a month, a year or not at
  all; the amount rounded by up to 2 % or not at all; some of the words of the theme, inflected, among other words.
- Noise: wrong parties, days off by one, kin types, planned or possible reports, a second mention of the event in
  the document by a definite noun without parties.

Each size and way of linking (`link` of frames, `link_files`) runs in a process of its own; memory is its peak resident
size, time that of reading, linking and writing. Another process generates the tables.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl

from corpus_etl import linking

_START = date(2015, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
_DAYS = 3650
_APART = 60
_TYPES = {
    # type: verb, definite noun, actor is a person, recipient is a person (None: no recipient), has an amount, share
    "justice.sue": ("a porté plainte", "la plainte", True, False, False, 8),
    "justice.fine": ("a condamné à une amende", "l'amende", False, False, True, 5),
    "justice.arrest": ("a interpellé", "l'interpellation", False, True, False, 6),
    "business.acquire": ("a racheté", "le rachat", False, False, True, 8),
    "business.raise_funds": ("a levé des fonds", "la levée", False, None, True, 6),
    "business.partner": ("a signé un accord", "l'accord", False, False, False, 6),
    "business.layoff": ("supprime des postes", "les suppressions", False, None, False, 4),
    "personnel.appoint": ("a nommé", "la nomination", False, True, False, 8),
    "personnel.leave": ("a quitté", "le départ", True, False, False, 6),
    "communication.accuse": ("a accusé", "l'accusation", True, False, False, 12),
    "communication.statement": ("a déclaré", "la déclaration", True, None, False, 12),
    "communication.request": ("a demandé", "la demande", True, False, False, 8),
    "politics.sanction": ("a sanctionné", "la sanction", False, True, False, 4),
    "conflict.attack": ("a attaqué", "l'attaque", False, True, False, 4),
    "competition.win": ("a remporté", "la victoire", True, None, False, 3),
}
_KIN = {"communication.accuse": "communication.criticize", "communication.request": "communication.propose"}
_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "ca",
    "ce",
    "co",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
    "pa",
    "pe",
    "pi",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
    "cha",
    "che",
    "gre",
    "bre",
    "tri",
    "plo",
    "cro",
    "fla",
]
_FIRST = [
    "Anne",
    "Marie",
    "Paul",
    "Pierre",
    "Jean",
    "Luc",
    "Claire",
    "Julie",
    "Marc",
    "Hugo",
    "Emma",
    "Louis",
    "Alice",
    "Karim",
    "Sarah",
    "Yves",
    "Nadia",
    "Omar",
    "Lea",
    "Igor",
]
_FORMS = (" SA", " Group", "", "", "", "")
_ENDINGS = ("", "s", "e", "es", "ment", "ation")


@dataclass(frozen=True)
class Reports:
    """Input frames of `linking.link` and the truth: mention_id, event."""

    mentions: pl.DataFrame
    participants: pl.DataFrame
    documents: pl.DataFrame
    entities: pl.DataFrame
    truth: pl.DataFrame


def generate(size: int, seed: int = 0) -> Reports:
    """About `size` mentions of about size / 5 events; see the module docstring."""
    rng = np.random.default_rng(seed)
    names = _names(rng, size)
    events = _events(rng, size, names)
    reports = _reports(rng, events, size)
    return _frames(rng, reports, names)


def _words(rng: np.random.Generator, n: int, syllables: int) -> list[str]:
    picks = rng.integers(0, len(_SYLLABLES), (n, syllables))
    return ["".join(_SYLLABLES[k] for k in row) for row in picks]


@dataclass(frozen=True)
class _Names:
    people: list[str]
    families: list[str]
    organizations: list[str]
    places: list[str]
    themes: list[str]


def _names(rng: np.random.Generator, size: int) -> _Names:
    n_people, n_orgs = max(40, size // 25), max(40, size // 40)
    pool = sorted({w.capitalize() for w in _words(rng, max(20, n_people // 3), 3)})
    family = rng.integers(0, len(pool), n_people)
    first = rng.integers(0, len(_FIRST), n_people)
    # A first name and a family name make one person; a middle letter tells further ones apart.
    people, seen = [], {}
    for f, g in zip(first.tolist(), family.tolist(), strict=True):
        count = seen[f, g] = seen.get((f, g), 0) + 1
        people.append(
            f"{_FIRST[f]} {pool[g]}"
            if count == 1
            else f"{_FIRST[f]} {_words(rng, 1, 2)[0].capitalize()} {pool[g]}"
        )
    orgs = [
        f"{w.capitalize()} {v.capitalize()}"
        for w, v in zip(_words(rng, n_orgs, 3), _words(rng, n_orgs, 2), strict=True)
    ]
    places = [w.capitalize() for w in _words(rng, max(30, size // 500), 4)]
    return _Names(people, [p.split()[-1] for p in people], orgs, places, _words(rng, 4000, 4))


def _zipf(rng: np.random.Generator, n: int, size: int) -> np.ndarray:
    weights = 1.0 / (np.arange(n) + 10.0) ** 0.8
    return np.searchsorted(np.cumsum(weights / weights.sum()), rng.random(size)).clip(0, n - 1)


def _events(rng: np.random.Generator, size: int, names: _Names) -> pl.DataFrame:
    n = max(4, size // 5)
    types = list(_TYPES)
    share = np.array([_TYPES[t][5] for t in types], float)
    kind = rng.choice(len(types), n, p=share / share.sum())
    frame = pl.DataFrame(
        {
            "event_type": [types[k] for k in kind],
            "actor": np.where(
                [_TYPES[types[k]][2] for k in kind],
                _zipf(rng, len(names.people), n),
                -1 - _zipf(rng, len(names.organizations), n),
            ),
            "recipient": [
                None if to is None else int(p if to else -1 - o)
                for to, p, o in zip(
                    (_TYPES[types[k]][3] for k in kind),
                    _zipf(rng, len(names.people), n).tolist(),
                    _zipf(rng, len(names.organizations), n).tolist(),
                    strict=True,
                )
            ],
            "day": rng.integers(0, _DAYS, n) + _START,
            "place": rng.integers(0, len(names.places), n),
            "amount": np.where(
                [_TYPES[types[k]][4] for k in kind], np.round(np.exp(rng.normal(17, 2, n)), -3) + 1000, np.nan
            ),
            "theme": rng.integers(0, len(names.themes), (n, 4)).tolist(),
        }
    )
    key = ["event_type", "actor", "recipient"]
    frame = frame.sort(*key, "day")
    # Types that the same parties do once only keep their first event.
    once = (pl.col("event_type") == "personnel.leave") & (pl.int_range(pl.len()).over(key) > 0)
    near = (pl.col("day").diff().over(key) < _APART).fill_null(False)
    frame = frame.filter(~once & ~near & (pl.col("actor") != pl.col("recipient")).fill_null(True))
    return frame.with_row_index("event")


def _reports(rng: np.random.Generator, events: pl.DataFrame, size: int) -> pl.DataFrame:
    counts = rng.geometric(0.25, events.height).clip(1, 40)
    rows = events[np.repeat(np.arange(events.height), counts)]
    n = rows.height
    delay = np.where(rng.random(n) < 0.125, rng.integers(20, 365, n), rng.geometric(0.5, n) - 1)
    rows = rows.with_columns(published=pl.col("day") + pl.Series(delay)).with_columns(
        shuffle=pl.Series(rng.random(n))
    )
    rows = rows.sort("published", "shuffle").drop("shuffle")
    new_doc = (rng.random(n) < 0.25) | (rows["published"].diff().fill_null(1) != 0).to_numpy()
    rows = rows.with_columns(doc=pl.Series(np.cumsum(new_doc)), again=pl.lit(False))
    second = rows.filter(pl.Series(rng.random(n) < 0.25)).with_columns(again=pl.lit(True))
    rows = pl.concat([rows, second]).sort("doc", "event", "again").head(size)
    return rows.with_columns(place_in_doc=pl.int_range(pl.len()).over("doc"))


def _frames(rng: np.random.Generator, rows: pl.DataFrame, names: _Names) -> Reports:
    n = rows.height
    anaphor = rows["again"].to_numpy()
    data = rows.to_dict(as_series=False)
    u = {
        k: rng.random(n).tolist()
        for k in ("a", "r", "date", "off", "fact", "type", "amount", "wrong", "place")
    }
    say = {
        role: _said(rng, data[role], u[role[0]], u["wrong"], anaphor.tolist(), names)
        for role in ("actor", "recipient")
    }
    themes = _themes(rng, data["theme"], names.themes)
    types = [_KIN.get(t, t) if x < 0.02 else t for t, x in zip(data["event_type"], u["type"], strict=True)]
    mentions, participants, entities = [], [], {}
    for k in range(n):
        doc = f"d{data['doc'][k]:08d}"
        start = 400 * data["place_in_doc"][k]
        verb, noun = _TYPES[data["event_type"][k]][:2]
        trigger = noun.split(" ")[-1].split("'")[-1] if anaphor[k] else verb
        lead = "Selon nos informations, " + (
            noun[: -len(trigger)] if anaphor[k] else f"{(say['actor'][k] or ('', 'On', ''))[1]} "
        )
        sentence = f"{lead}{trigger} {themes[k]}."
        mid = f"{doc}:{start:06d}"
        low, high, granularity = _dated(
            data["day"][k], data["published"][k], u["date"][k], u["off"][k], bool(anaphor[k])
        )
        amount = data["amount"][k]
        has = amount == amount and u["amount"][k] < 0.6 and not anaphor[k]
        value = round(amount * (0.98 + 0.04 * u["off"][k]), 2) if has else None
        fact = "asserted" if u["fact"][k] < 0.95 else "possible" if u["fact"][k] < 0.98 else "planned"
        mentions.append(
            (
                mid,
                doc,
                types[k],
                fact,
                sentence,
                start,
                start + len(sentence),
                trigger,
                start + len(lead),
                start + len(lead) + len(trigger),
                low,
                high,
                granularity,
                value,
                0.9,
            )
        )
        for role in ("actor", "recipient"):
            said = say[role][k]
            if said is not None:
                kind, name, key = said
                key = f"{doc}:{abs(hash_of(key)) % 10**6}"
                entities[key] = (name, kind)
                participants.append((mid, role, key, name))
        if u["place"][k] < 0.4 and not anaphor[k]:
            place = names.places[data["place"][k]]
            key = f"{doc}:{abs(hash_of(place)) % 10**6}"
            entities[key] = (place, "place")
            participants.append((mid, "place", key, place))
        if not anaphor[k]:
            participants.append((mid, "theme", None, themes[k]))
    return _as_frames(rows, mentions, participants, entities)


def hash_of(text: str) -> int:
    """A hash that is the same in every process."""
    return int.from_bytes(text.encode()[-8:], "big") * 31 + len(text) * 7 + sum(text.encode())


def _said(
    rng: np.random.Generator,
    ids: list[int | None],
    u: list[float],
    wrong: list[float],
    anaphor: list[bool],
    names: _Names,
) -> list[tuple[str, str, str] | None]:
    """(kind, words, identity inside the document) of a party in each report; null where it is not named."""
    others = _zipf(rng, len(names.people), len(ids)).tolist()
    found: list[tuple[str, str, str] | None] = []
    for key, x, y, back, other in zip(ids, u, wrong, anaphor, others, strict=True):
        if key is None or x > 0.92 or (back and x > 0.2):
            found.append(None)
            continue
        if y < 0.01 and key >= 0:
            key = other
        if key < 0:
            name = names.organizations[-1 - key]
            found.append(("organization", name + _FORMS[int(x * 60) % 6], name))
        elif x < 0.2:
            found.append(("person", names.families[key], names.families[key] + "|"))
        else:
            found.append(("person", names.people[key], names.people[key]))
    return found


def _themes(rng: np.random.Generator, themes: list[list[int]], words: list[str]) -> list[str]:
    order, ends = (
        rng.random((len(themes), 4)).argsort(axis=1),
        rng.integers(0, len(_ENDINGS), (len(themes), 5)),
    )
    many, noise = rng.integers(2, 5, len(themes)).tolist(), rng.integers(0, len(words), len(themes)).tolist()
    found = []
    for k, theme in enumerate(themes):
        picked = [words[theme[o]] + _ENDINGS[e] for o, e in zip(order[k][: many[k]], ends[k], strict=False)]
        found.append(" ".join([*picked, words[noise[k]]]))
    return found


def _dated(
    day: int, published: int, u: float, off: float, anaphor: bool
) -> tuple[int | None, int | None, str | None]:
    if anaphor or u > 0.85:
        return None, None, None
    if u < 0.70 and published - day < 60:
        day += 1 if off < 0.01 else 0
        return day, day + 1, "day"
    when = date.fromordinal(day + 719163)
    if u < 0.80:
        first = when.replace(day=1)
        nxt = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first.toordinal() - 719163, nxt.toordinal() - 719163, "month"
    return date(when.year, 1, 1).toordinal() - 719163, date(when.year + 1, 1, 1).toordinal() - 719163, "year"


def _as_frames(rows: pl.DataFrame, mentions: list, participants: list, entities: dict) -> Reports:
    amount = pl.Struct({"value": pl.Float64, "currency": pl.String})
    columns = [
        "mention_id",
        "doc_id",
        "event_type",
        "factuality",
        "sentence",
        "sentence_start",
        "sentence_end",
        "trigger",
        "trigger_start",
        "trigger_end",
        "date_start",
        "date_end",
        "date_granularity",
        "value",
        "confidence",
    ]
    m = pl.DataFrame(mentions, schema=columns, orient="row", infer_schema_length=None).with_columns(
        pl.col("date_start", "date_end").cast(pl.Int32).cast(pl.Date),
        amounts=pl.when(pl.col("value").is_not_null())
        .then(pl.concat_list(pl.struct("value", pl.lit("EUR").alias("currency"))))
        .otherwise(pl.lit([], pl.List(amount))),
    )
    truth = pl.DataFrame({"mention_id": m["mention_id"], "event": rows["event"]})
    published = pl.col("published").cast(pl.Int32).cast(pl.Date)
    d = rows.select(
        doc_id=pl.format("d{}", pl.col("doc").cast(pl.String).str.zfill(8)), published_start=published
    ).unique("doc_id", keep="first", maintain_order=True)
    d = d.with_columns(published_end=pl.col("published_start").dt.offset_by("1d"))
    p = pl.DataFrame(
        participants,
        schema=["mention_id", "role", "entity_id", "text"],
        orient="row",
        infer_schema_length=None,
    )
    e = pl.DataFrame(
        [(k, *v) for k, v in entities.items()],
        schema=["entity_id", "name", "kind"],
        orient="row",
        infer_schema_length=None,
    )
    return Reports(m.drop("value"), p, d, e, truth)


def b_cubed(truth: pl.DataFrame, mentions: pl.DataFrame) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998) of `event_id` against the true `event`."""
    both = truth.join(mentions.select("mention_id", "event_id"), on="mention_id")
    cells = (
        both.group_by("event", "event_id")
        .len("n")
        .with_columns(gold=pl.col("n").sum().over("event"), found=pl.col("n").sum().over("event_id"))
    )
    square, total = pl.col("n").cast(pl.Float64) ** 2, both.height
    precision, recall = cells.select(
        precision=(square / pl.col("found")).sum() / total, recall=(square / pl.col("gold")).sum() / total
    ).row(0)
    return precision, recall, 2 * precision * recall / (precision + recall)


TABLES = ("mentions", "participants", "documents", "entities")


def link_frames(tables: dict[str, Path], out: Path) -> None:
    """Link as whole frames in memory."""
    linked = linking.link(**{name: pl.read_parquet(path) for name, path in tables.items()})
    out.mkdir(parents=True, exist_ok=True)
    for name in ("events", "mentions", "participants", "entities"):
        getattr(linked, name).write_parquet(out / f"{name}.parquet")


def link_files(tables: dict[str, Path], out: Path) -> None:
    """Link from files to files."""
    linking.link_files(**tables, out=out)


WAYS = {"link": link_frames, "link_files": link_files}


def measure(way: str, size: int, seed: int, folder: Path) -> dict[str, str | float]:
    """Generate, link and score one size; `folder` keeps the generated tables for the next time."""
    paths = {name: folder / f"{size}-{seed}-{name}.parquet" for name in Reports.__dataclass_fields__}
    if not all(p.exists() for p in paths.values()):
        folder.mkdir(parents=True, exist_ok=True)
        # Made in another process, so that the generator does not count as memory of linking.
        subprocess.run(
            [sys.executable, __file__, "--generate", str(size), "--seed", str(seed), "--folder", str(folder)],
            check=True,
        )
    out = folder / f"{size}-{seed}-{way}"
    began, cpu = time.perf_counter(), time.process_time()
    WAYS[way]({name: paths[name] for name in TABLES}, out)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    truth, mentions = pl.read_parquet(paths["truth"]), pl.read_parquet(out / "mentions.parquet")
    precision, recall, f1 = b_cubed(truth, mentions)
    return {
        "way": way,
        "mentions": mentions.height,
        "events": mentions["event_id"].n_unique(),
        "true_events": truth["event"].n_unique(),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_gb": round(peak / 2**20, 2),
        "b3_precision": round(precision, 4),
        "b3_recall": round(recall, 4),
        "b3_f1": round(f1, 4),
    }


def main() -> None:
    """Run the benchmark and print one line of JSON per size and way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--ways", choices=WAYS, nargs="+", default=list(WAYS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--folder", type=Path, default=Path(".work/benchmark-linking"), help="where generated tables are kept"
    )
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--generate", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.generate:
        reports = generate(args.generate, args.seed)
        for name in Reports.__dataclass_fields__:
            getattr(reports, name).write_parquet(args.folder / f"{args.generate}-{args.seed}-{name}.parquet")
        return
    if args.one:
        print(json.dumps(measure(args.ways[0], args.one, args.seed, args.folder)), flush=True)
        return
    for size, way in product(args.sizes, args.ways):
        command = [
            sys.executable,
            __file__,
            "--one",
            str(size),
            "--seed",
            str(args.seed),
            "--folder",
            str(args.folder),
            "--ways",
            way,
        ]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
