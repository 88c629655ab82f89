"""Entities across documents: which document-local entities are one person, organisation or place.

Gazetteer entities are global. Others are one where their full names are equal and their kinds compatible. A family
name alone never merges two documents' entities: such a partial name takes another's identity only through an event
that both report (`entity_rows.adopt`).
"""

from dataclasses import dataclass

import polars as pl

from corpus_etl import ids

from .carry import carry
from .inputs import Previous
from .knowledge import first_names, gazetteer_keys, gazetteer_names
from .names import folded_name, looks_like_name, name_columns
from .shelves import Shelf, slots
from .tables import Tables
from .words import Words

_HASHED = r"^n[0-9a-f]{16}$"
_LOCAL = r"^(.+):(\d+)$"
_CODE = r"^[a-z_]+/|^[a-z0-9_-]*\d[a-z0-9_-]*$"
_DESCRIPTION = (
    "key",
    "name",
    "spelled",
    "kind",
    "aliases",
    "wikidata_id",
    "family",
    "partial",
    "gazetteer",
)
_FACTS = (
    "key",
    "published_start",
    "doc",
    "start",
    "kind",
    "folded",
    "partial",
    "gazetteer",
    "gazetteer_key",
    "wikidata_id",
)
"""What groups keys, and tells which of a group is first."""


@dataclass(frozen=True)
class Resolved:
    """One row per entity key in use, under the slot of the key: key, entity_id (global), name, spelled, kind, aliases,
    wikidata_id, family, partial, gazetteer; the same of the keys that each part of the mentions uses, without what only the
    entity table needs; and which mention (i) of each part has which participant (key)."""

    slots: Shelf
    parts: Shelf
    uses: Shelf

    def part(self, number: int) -> pl.DataFrame:
        """Keys that a part of the mentions uses: key, entity_id, name, kind, family, partial."""
        return self.parts.look(number)


def resolve(tables: Tables, words: Words, previous: Previous | None, language: str) -> Resolved:
    """Which keys are one entity, and what is known of them.

    Keys are described a slot at a time; only what groups them is in memory for all.
    """
    uses, fillers, shared = _uses(tables, previous, language)
    described, users = tables.shelf("described"), tables.shelf("users")
    facts = []
    for slot in uses.numbers():
        rows = uses.take(slot)
        users.put(slot, rows.select("key", "part").unique())
        found = _known(_describe(tables.entities.take(slot), _first_uses(rows), words), words, language)
        facts.append(found.select(*_FACTS, slot=pl.lit(slot, pl.UInt32)))
        described.put(slot, found.select(*_DESCRIPTION))
    final = _with_ids(_grouped(pl.concat(facts)), shared, previous, language)
    del facts
    return _resolved(tables, final, described, users, fillers)


def _resolved(
    tables: Tables, final: pl.DataFrame, described: Shelf, users: Shelf, fillers: Shelf
) -> Resolved:
    """Give the descriptions of each slot their ids, and each part of the mentions the keys that it uses."""
    ids_of = tables.shelf("ids")
    ids_of.spread(final, "slot")
    del final
    resolved = Resolved(tables.shelf("resolved"), tables.shelf("keys"), fillers)
    for slot in described.numbers():
        rows = described.take(slot).join(ids_of.take(slot), on="key").sort("key")
        resolved.slots.put(slot, rows)
        narrow = rows.select("key", "entity_id", "name", "kind", "family", "partial")
        resolved.parts.spread(users.take(slot).join(narrow, on="key").sort("key"), "part")
    return resolved


def _grouped(facts: pl.DataFrame) -> pl.DataFrame:
    """Adds `group`: keys of one group are one entity."""
    full = pl.when("partial").then(pl.col("key")).otherwise(pl.col("folded"))
    specific = pl.col("kind") != "other"
    grouped = facts.with_columns(full=full).with_columns(
        n_kinds=pl.col("kind").filter(specific).n_unique().over("full"),
        only=pl.col("kind").filter(specific).first().over("full"),
    )
    kind = pl.when(~specific & (pl.col("n_kinds") == 1)).then("only").otherwise("kind")
    grouped = grouped.with_columns(
        group=pl.when("gazetteer")
        .then("gazetteer_key")
        .otherwise(pl.concat_str(kind, "full", separator="\x1f"))
    ).drop("full", "folded", "n_kinds", "only", "kind")
    return _apart_by_wikidata(grouped)


def _uses(tables: Tables, previous: Previous | None, language: str) -> tuple[Shelf, Shelf, pl.DataFrame]:
    """Under the slots of the keys, where each is used: key, published_start, doc_id, doc, start, text, part; under the parts
    which participants (key) a mention (i) has; and the places (item) of the previous release where a key is used again."""
    docs = tables.documents.select("doc_id", "published_start")
    uses, used = tables.shelf("uses"), tables.shelf("fillers")
    before = _items_before(previous, language).select("item").unique()
    shared = [pl.DataFrame(schema={"item": pl.UInt64, "key": pl.String})]
    for number in tables.parts:
        mentions, participants = tables.part(number)
        sources = mentions.select(
            "doc_id", "doc", key="attribution_entity_id", start="attribution_start", text="attribution"
        )
        fillers = participants.join(mentions.select("i", "doc_id", "doc"), on="i").select(
            "doc_id", "doc", key="entity_id", start="start", text="text"
        )
        used.put(number, participants.select("i", key="entity_id").drop_nulls().unique())
        rows = pl.concat([sources, fillers]).filter(pl.col("key").is_not_null())
        rows = rows.join(docs, on="doc_id", how="left").with_columns(
            part=pl.lit(number, pl.UInt32), slot=slots(pl.col("key"), tables.slots)
        )
        uses.spread(rows, "slot")
        if before.height:
            items = participants.select(item=_item(), key="entity_id").drop_nulls()
            shared.append(items.join(before, on="item", how="semi"))
    return uses, used, pl.concat(shared)


def _first_uses(uses: pl.DataFrame) -> pl.DataFrame:
    """Keys with where they are first used, and all that they are called."""
    first = uses.sort("published_start", "doc", "start", "key", nulls_last=True)
    return first.group_by("key", maintain_order=True).agg(
        pl.col("published_start", "doc_id", "doc", "start").first(), pl.col("text")
    )


def _describe(entities: pl.DataFrame, used: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Name, kind, aliases of the keys; without an entity table the key itself or its most frequent text is the name."""
    given = used.drop("text").join(_entity_rows(entities), on="key", how="left")
    nameless = given.filter(pl.col("name").is_null()).select("key")
    spoken = (
        used.select("key", "text")
        .join(nameless, on="key", how="semi")
        .explode("text", empty_as_null=False)
        .filter(looks_like_name(pl.col("text"), words))
        .group_by("key", "text")
        .len()
        .sort("len", pl.col("text").str.len_chars(), "text", descending=[True, True, False])
        .unique("key", keep="first", maintain_order=True)
        .select("key", spoken="text")
    )
    # A key of one's own may be a name, or a name behind the id of its document.
    bare = pl.col("key").str.strip_prefix(pl.col("doc_id")).str.strip_chars_start(":#/|_ ")
    telling = ~pl.col("key").str.contains(rf"{_HASHED}|{_LOCAL}|{_CODE}") & bare.str.contains(r"\p{L}")
    return given.join(spoken, on="key", how="left").with_columns(
        name=pl.coalesce("name", pl.when(telling).then(bare), "spoken", "key"),
        kind=pl.col("kind").fill_null("other"),
    )


def _entity_rows(entities: pl.DataFrame) -> pl.DataFrame:
    """One row per key; where the tables of several documents describe one, what most of them say."""
    rows = entities.select(
        "kind", "aliases", "wikidata_id", key="entity_id", name=pl.col("name").str.strip_chars()
    ).with_columns(name=pl.when(pl.col("name") != "").then("name"))
    if not rows["key"].is_duplicated().any():
        return rows
    return rows.group_by("key").agg(
        pl.col("name", "kind").drop_nulls().mode().sort().first(),
        pl.col("aliases").explode(empty_as_null=False).drop_nulls().unique().sort(),
        pl.col("wikidata_id").drop_nulls().sort().first(),
    )


def _known(described: pl.DataFrame, words: Words, language: str) -> pl.DataFrame:
    """Adds what the gazetteer knows, by key or by full name, and folded, family, partial, gazetteer."""
    by_key = described.join(gazetteer_keys(language), on="key", how="left")
    by_name = _known_names(by_key.select("name", "kind").unique(), words, language)
    found = by_key.rename({"name": "spelled", "kind": "given"}).join(
        by_name, left_on=["spelled", "given"], right_on=["name", "kind"], how="left"
    )
    found = found.with_columns(
        pl.coalesce(c, f"{c}_by_name").alias(c)
        for c in ("gazetteer_key", "known_name", "known_kind", "known_wikidata")
    )
    found = found.with_columns(
        name=pl.coalesce("known_name", "spelled"),
        kind=pl.coalesce("known_kind", "likely"),
        wikidata_id=pl.coalesce("wikidata_id", "known_wikidata"),
        gazetteer=pl.col("gazetteer_key").is_not_null(),
    )
    names = found.select("name", "kind").unique()
    names = names.with_columns(name_columns(pl.col("name"), pl.col("kind"), words))
    final = found.join(names, on=["name", "kind"], how="left")
    return final.with_columns(
        folded=pl.when(pl.col("folded") == "").then("key").otherwise("folded"),
        family=pl.coalesce(pl.when(pl.col("family") != "").then("family"), "key"),
        partial=pl.col("partial") & ~pl.col("gazetteer") & pl.col("wikidata_id").is_null(),
    )


def _known_names(names: pl.DataFrame, words: Words, language: str) -> pl.DataFrame:
    """Distinct names and kinds with `likely`, the kind that a first name tells, and the gazetteer's columns `…_by_name`."""
    first = pl.col("name").str.extract(r"^(\p{L}[\p{L}-]*)\s+\p{Lu}", 1)
    personal = (pl.col("kind") == "other") & first.is_in(first_names(language))
    likely = names.with_columns(
        likely=pl.when(personal).then(pl.lit("person")).otherwise("kind"),
        folded=folded_name(pl.col("name"), words),
    )
    known = gazetteer_names(language)
    found = likely.join(known.rename({c: f"{c}_by_name" for c in known.columns[1:]}), on="folded", how="left")
    compatible = (pl.col("likely") == "other") | (pl.col("likely") == pl.col("known_kind_by_name"))
    return found.select(
        "name",
        "kind",
        "likely",
        *(pl.when(compatible).then(c).alias(c) for c in found.columns if c.endswith("_by_name")),
    )


def _apart_by_wikidata(grouped: pl.DataFrame) -> pl.DataFrame:
    """Keep namesakes apart where several Wikidata items share a name: each is its own group."""
    several = pl.col("wikidata_id").drop_nulls().n_unique().over("group") > 1
    apart = pl.concat_str("group", "wikidata_id", separator="\x1f")
    return grouped.with_columns(
        group=pl.when(several & pl.col("wikidata_id").is_not_null() & ~pl.col("gazetteer"))
        .then(apart)
        .otherwise("group")
    )


def _with_ids(
    grouped: pl.DataFrame, shared: pl.DataFrame, previous: Previous | None, language: str
) -> pl.DataFrame:
    """Columns key, slot, entity_id: of the gazetteer key, else carried forward, else of the founding mention."""
    founding = grouped.sort("published_start", "doc", "start", "key", nulls_last=True).unique(
        "group", keep="first", maintain_order=True
    )
    locator = pl.coalesce("gazetteer_key", "key")
    minted = [
        key if _is_hashed(key) else ids.entity_id(key)
        for key in founding.select(locator).to_series().to_list()
    ]
    groups = founding.select("group", "gazetteer", "partial", minted=pl.Series(minted, dtype=pl.String))
    kept = pl.DataFrame(schema={"group": pl.String, "id": pl.String})
    if shared.height:
        # A partial name has lent its identity from another: its own is that of its document.
        local = groups.filter(~pl.col("gazetteer") & ~pl.col("partial")).join(
            grouped.select("group", "key"), on="group"
        )
        kept = _carried(local, shared, _items_before(previous, language))
    final = groups.join(kept, on="group", how="left")
    # The founding mention of an id that another group keeps cannot found a second entity.
    clash = pl.col("id").is_null() & pl.col("minted").is_in(kept["id"].implode())
    renamed = [ids.entity_id(f"{m}/2") for m in final["minted"].to_list()]
    final = final.with_columns(again=pl.Series(renamed, dtype=pl.String)).select(
        "group", entity_id=pl.when(clash).then("again").otherwise(pl.coalesce("id", "minted"))
    )
    return grouped.select("key", "slot", "group").join(final, on="group", how="left").drop("group")


def _is_hashed(key: str) -> bool:
    return len(key) == 17 and key[0] == "n" and all(c in "0123456789abcdef" for c in key[1:])


def _item() -> pl.Expr:
    """The filler at one place, as a number; null where there is none."""
    place = pl.concat_str(
        "mention_id", pl.col("role").cast(pl.String), pl.col("start").fill_null(-1), "text", separator="\x1f"
    )
    return pl.when(place.is_not_null()).then(place.hash(seed=7))


def _items_before(previous: Previous | None, language: str) -> pl.DataFrame:
    """Places of the previous release whose entity has no gazetteer key: item, id."""
    if previous is None or previous.participants is None:
        return pl.DataFrame(schema={"item": pl.UInt64, "id": pl.String})
    old = previous.participants.select(item=_item(), id="entity_id").drop_nulls()
    return old.join(gazetteer_keys(language), left_on="id", right_on="key", how="anti").unique()


def _carried(local: pl.DataFrame, shared: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Ids of the previous release kept by groups of local keys: the filler at one place is one entity."""
    new = shared.join(local, on="key").select("item", "group", rank=pl.col("minted"))
    age = old.select(pl.col("id").unique().sort()).with_row_index("age")
    return carry(new.unique(), old, age)
