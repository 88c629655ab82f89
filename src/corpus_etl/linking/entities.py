"""Entities across documents: which document-local entities are one person, organisation or place.

Gazetteer entities are global. Others are one where their full names are equal and their kinds compatible. A family
name alone never merges two documents' entities: such a partial name takes another's identity only through an event
that both report (`entity_rows.adopt_full_names`).
"""

import polars as pl

from corpus_etl import ids

from .carry import carry
from .inputs import Inputs, Previous
from .knowledge import first_names, gazetteer_keys, gazetteer_names
from .names import folded_name, looks_like_name, name_columns
from .words import Words

_HASHED = r"^n[0-9a-f]{16}$"
_LOCAL = r"^(.+):(\d+)$"
_CODE = r"^[a-z_]+/|^[a-z0-9_-]*\d[a-z0-9_-]*$"
_ROLES = ("actor", "recipient", "place")


def fill_names(inputs: Inputs, words: Words) -> pl.DataFrame:
    """Participants with `entity_id` filled where, without an entity table, the filler itself is a name."""
    p = inputs.participants
    if inputs.named:
        return p
    name = (
        pl.col("entity_id").is_null() & pl.col("role").is_in(_ROLES) & looks_like_name(pl.col("text"), words)
    )
    return p.with_columns(
        entity_id=pl.when(name).then(pl.col("text").str.strip_chars()).otherwise(pl.col("entity_id"))
    )


def resolve(
    inputs: Inputs, participants: pl.DataFrame, words: Words, previous: Previous | None, language: str
) -> pl.DataFrame:
    """One row per entity key in use: key, entity_id (global), name, kind, aliases, wikidata_id, family, partial, gazetteer.

    `participants` are those of `fill_names`. Rows are sorted by key.
    """
    used = _used_keys(inputs, participants)
    described = _known(_describe(inputs, used, words), words, language)
    full = pl.when("partial").then(pl.col("key")).otherwise(pl.col("folded"))
    specific = pl.col("kind") != "other"
    grouped = described.with_columns(full=full).with_columns(
        n_kinds=pl.col("kind").filter(specific).n_unique().over("full"),
        only=pl.col("kind").filter(specific).first().over("full"),
    )
    kind = pl.when(~specific & (pl.col("n_kinds") == 1)).then("only").otherwise("kind")
    grouped = grouped.with_columns(
        group=pl.when("gazetteer")
        .then("gazetteer_key")
        .otherwise(pl.concat_str(kind, "full", separator="\x1f"))
    )
    return _with_ids(_apart_by_wikidata(grouped), participants, previous, language).sort("key")


def _used_keys(inputs: Inputs, participants: pl.DataFrame) -> pl.DataFrame:
    """Keys in use with where they are first used: key, published, doc_id, start."""
    docs = inputs.documents.select("doc_id", "published_start")
    sources = inputs.mentions.select(
        "doc_id", key="attribution_entity_id", start="attribution_start", text="attribution"
    )
    fillers = participants.join(inputs.mentions.select("mention_id", "doc_id"), on="mention_id").select(
        "doc_id", key="entity_id", start="start", text="text"
    )
    rows = pl.concat([sources, fillers]).filter(pl.col("key").is_not_null())
    first = rows.join(docs, on="doc_id", how="left").sort(
        "published_start", "doc_id", "start", "key", nulls_last=True
    )
    return first.group_by("key", maintain_order=True).agg(
        pl.col("published_start").first(), pl.col("doc_id").first(), pl.col("start").first(), pl.col("text")
    )


def _describe(inputs: Inputs, used: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Name, kind, aliases of the keys; without an entity table the key itself or its most frequent text is the name."""
    given = used.drop("text").join(_entity_rows(inputs.entities), on="key", how="left")
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
    grouped: pl.DataFrame, participants: pl.DataFrame, previous: Previous | None, language: str
) -> pl.DataFrame:
    """Global ids: of the gazetteer key, else carried forward, else of the founding mention."""
    founding = grouped.sort("published_start", "doc_id", "start", "key", nulls_last=True).unique(
        "group", keep="first", maintain_order=True
    )
    locator = pl.coalesce("gazetteer_key", "key")
    minted = [
        key if _is_hashed(key) else ids.entity_id(key)
        for key in founding.select(locator).to_series().to_list()
    ]
    groups = founding.select("group", "gazetteer", "partial", minted=pl.Series(minted, dtype=pl.String))
    kept = pl.DataFrame(schema={"group": pl.String, "id": pl.String})
    if previous is not None and previous.participants is not None:
        # A partial name has lent its identity from another: its own is that of its document.
        local = groups.filter(~pl.col("gazetteer") & ~pl.col("partial")).join(
            grouped.select("group", "key"), on="group"
        )
        kept = _carried(local, participants, previous.participants, language)
    final = groups.join(kept, on="group", how="left")
    # The founding mention of an id that another group keeps cannot found a second entity.
    clash = pl.col("id").is_null() & pl.col("minted").is_in(kept["id"].implode())
    renamed = [ids.entity_id(f"{m}/2") for m in final["minted"].to_list()]
    final = final.with_columns(again=pl.Series(renamed, dtype=pl.String)).select(
        "group", entity_id=pl.when(clash).then("again").otherwise(pl.coalesce("id", "minted"))
    )
    return grouped.join(final, on="group", how="left").select(
        "key",
        "entity_id",
        "name",
        "spelled",
        "kind",
        "aliases",
        "wikidata_id",
        "family",
        "partial",
        "gazetteer",
    )


def _is_hashed(key: str) -> bool:
    return len(key) == 17 and key[0] == "n" and all(c in "0123456789abcdef" for c in key[1:])


def _carried(
    local: pl.DataFrame, participants: pl.DataFrame, before: pl.DataFrame, language: str
) -> pl.DataFrame:
    """Ids of the previous release kept by groups of local keys: the filler at one place is one entity."""
    item = pl.concat_str(
        "mention_id", pl.col("role").cast(pl.String), pl.col("start").fill_null(-1), "text", separator="\x1f"
    )
    new = participants.select(item=item, key="entity_id").join(local, on="key")
    new = new.select("item", "group", rank=pl.col("minted"))
    old = before.select(item=item, id="entity_id").filter(pl.col("id").is_not_null())
    old = old.join(gazetteer_keys(language), left_on="id", right_on="key", how="anti")
    age = old.select(pl.col("id").unique().sort()).with_row_index("age")
    return carry(new.unique(), old.unique(), age)
