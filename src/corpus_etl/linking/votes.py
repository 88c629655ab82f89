"""Votes over the mentions of an event: parties, amounts, sources, and the fields on which mentions disagree."""

import polars as pl

from corpus_etl import schemas

_SHARE = 0.25
"""A party counts if at least this share of the best supported one's documents name it."""
_AMOUNT_TOLERANCE = 0.005
_COLUMNS = {"actor": "actors", "recipient": "recipients", "place": "places"}
FILLERS = tuple(_COLUMNS)
_DTYPES = schemas.TABLES["events"].dtypes


def _fillers(mentions: pl.DataFrame, participants: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Actors, recipients and places: event_id, mention_id, kept, role, entity_id, name (of the entity, else the words)."""
    names = entities.select("entity_id", entity_name="name")
    return (
        participants.filter(pl.col("role").is_in(list(_COLUMNS)))
        .select("mention_id", "role", "entity_id", "text", "resolution")
        .join(mentions.select("mention_id", "event_id", "kept"), on="mention_id")
        .join(names, on="entity_id", how="left")
        .with_columns(name=pl.coalesce("entity_name", pl.col("text").str.strip_chars().str.slice(0, 120)))
        .filter(
            pl.col("name").is_not_null()
            & (pl.col("entity_id").is_not_null() | ~pl.col("resolution").is_in(["pronoun"]).fill_null(False))
        )
    )


def _one_side(votes: pl.DataFrame) -> pl.DataFrame:
    """Who is actor in some reports and recipient in others (partners, or an error) is what most documents say."""
    sides = votes.filter(pl.col("role").is_in(["actor", "recipient"]) & pl.col("entity_id").is_not_null())
    side = (
        sides.sort("documents", "n", "role", descending=[True, True, False])
        .unique(["event_id", "entity_id"], keep="first", maintain_order=True)
        .select("event_id", "entity_id", side="role")
    )
    joined = votes.join(side, on=["event_id", "entity_id"], how="left")
    other = pl.col("role").is_in(["actor", "recipient"]) & (pl.col("role") != pl.col("side")).fill_null(False)
    return joined.filter(~other).drop("side")


def parties_by_vote(
    mentions: pl.DataFrame, participants: pl.DataFrame, entities: pl.DataFrame
) -> pl.DataFrame:
    """event_id, actors, recipients, places: entities named by enough documents; words only where there is no entity."""
    votes = (
        _fillers(mentions, participants, entities)
        .group_by("event_id", "role", "entity_id", "name")
        .agg(documents=pl.col("kept").n_unique(), n=pl.col("mention_id").n_unique())
    )
    known = pl.col("entity_id").is_not_null()
    votes = votes.filter(known | ~known.any().over("event_id", "role"))
    votes = _one_side(votes)
    votes = votes.filter(pl.col("documents") >= _SHARE * pl.col("documents").max().over("event_id", "role"))
    votes = votes.sort(
        "event_id",
        "documents",
        "n",
        "name",
        "entity_id",
        descending=[False, True, True, False, False],
        nulls_last=True,
    )
    party = pl.struct("entity_id", "name")
    return votes.group_by("event_id", maintain_order=True).agg(
        party.filter(pl.col("role") == role).alias(column) for role, column in _COLUMNS.items()
    )


def _amounts(mentions: pl.DataFrame) -> pl.DataFrame:
    """One row per amount of a mention, with `unit_of`, `size` and its votes; equal within half a percent."""
    rows = (
        mentions.select("event_id", "mention_id", "kept", "confidence", "amounts")
        .explode("amounts", empty_as_null=False)
        .filter(pl.col("amounts").is_not_null())
    )
    fields = pl.col("amounts").struct
    rows = rows.with_columns(
        unit_of=pl.coalesce(fields.field("currency"), fields.field("unit")).fill_null(""),
        size=pl.coalesce(fields.field("value"), fields.field("low"), fields.field("high")),
        ranged=fields.field("value").is_null(),
    ).filter(pl.col("size").is_not_null())
    rows = rows.sort("event_id", "unit_of", "ranged", "size", "mention_id")
    group = ["event_id", "unit_of", "ranged"]
    step = (pl.col("size") - pl.col("size").shift().over(group)).abs() > _AMOUNT_TOLERANCE * pl.col(
        "size"
    ).abs()
    return rows.with_columns(value_group=step.fill_null(False).cast(pl.Int32).cum_sum().over(group))


def amounts_by_vote(mentions: pl.DataFrame) -> pl.DataFrame:
    """event_id, amounts, conflict: of each unit what most documents give, its words from the surest mention.

    Two amounts of one unit that one mention gives together (a fine and a turnover) both stay; `conflict` lists the
    values of a unit that no mention gives together.
    """
    rows = _amounts(mentions)
    key = ["event_id", "unit_of", "ranged", "value_group"]
    votes = (
        rows.sort("confidence", "mention_id", descending=[True, False], nulls_last=True)
        .group_by(key)
        .agg(
            pl.col("amounts").first(),
            pl.col("size").median(),
            documents=pl.col("kept").n_unique(),
            n=pl.col("mention_id").n_unique(),
            seen_in=pl.col("mention_id").unique(),
        )
        .sort(
            "event_id",
            "unit_of",
            "documents",
            "n",
            "size",
            "ranged",
            descending=[False, False, True, True, False, False],
        )
    )
    first = votes.unique(["event_id", "unit_of"], keep="first", maintain_order=True)
    votes = votes.join(
        first.select("event_id", "unit_of", best_in="seen_in"),
        on=["event_id", "unit_of"],
        maintain_order="left",
    )
    together = votes["seen_in"].list.set_intersection(votes["best_in"]).list.len() > 0
    votes = votes.with_columns(together=together)
    text = pl.concat_str(pl.col("size").round(2).cast(pl.String), pl.lit(" "), "unit_of").str.strip_chars()
    chosen = votes.filter("together").group_by("event_id", maintain_order=True).agg(pl.col("amounts"))
    disputed = votes.filter((~pl.col("together")).any().over("event_id", "unit_of"))
    conflict = disputed.group_by("event_id", maintain_order=True).agg(conflict=text)
    return chosen.join(conflict, on="event_id", how="left").with_columns(
        pl.col("amounts").cast(_DTYPES["amounts"])
    )


def sources(mentions: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """event_id, claimed_by, denied_by: to whom the documents attribute the event, or that it did not happen."""
    said = (
        mentions.filter(pl.col("attribution_entity_id").is_not_null() | pl.col("attribution").is_not_null())
        .join(
            entities.select(attribution_entity_id="entity_id", entity_name="name"),
            on="attribution_entity_id",
            how="left",
        )
        .select(
            "event_id",
            denies=pl.col("factuality") == "negated",
            entity_id="attribution_entity_id",
            name=pl.coalesce("entity_name", "attribution"),
            kept="kept",
        )
        .group_by("event_id", "denies", "entity_id", "name")
        .agg(n=pl.col("kept").n_unique())
        .sort("event_id", "n", "name", "entity_id", descending=[False, True, False, False], nulls_last=True)
    )
    party = pl.struct("entity_id", "name")
    return said.group_by("event_id", maintain_order=True).agg(
        claimed_by=party.filter(~pl.col("denies")), denied_by=party.filter("denies")
    )


def conflicts(
    mentions: pl.DataFrame,
    participants: pl.DataFrame,
    dates: pl.DataFrame,
    amounts: pl.DataFrame,
    entities: pl.DataFrame,
) -> pl.DataFrame:
    """event_id, conflicting: per field the values on which mentions disagree; null where they agree on all fields."""
    base = mentions.select(pl.col("event_id").unique().sort())
    roles = _fillers(mentions, participants, entities).filter(pl.col("entity_id").is_not_null())
    by_mention = roles.group_by("event_id", "role", "mention_id").agg(pl.col("entity_id").unique())
    best = (
        roles.group_by("event_id", "role", "entity_id")
        .agg(n=pl.col("kept").n_unique())
        .sort("n", "entity_id", descending=[True, False])
        .unique(["event_id", "role"], keep="first", maintain_order=True)
        .select("event_id", "role", best="entity_id")
    )
    against = (
        by_mention.join(best, on=["event_id", "role"])
        .filter(~pl.col("entity_id").list.contains(pl.col("best")))
        .select("event_id", "role")
        .unique()
    )
    named = (
        roles.join(against, on=["event_id", "role"], how="semi")
        .group_by("event_id", "role")
        .agg(pl.col("name").unique().sort())
    )
    for role in _COLUMNS:
        base = base.join(
            named.filter(pl.col("role") == role).select("event_id", pl.col("name").alias(role)),
            on="event_id",
            how="left",
        )
    opposed = (
        mentions.filter(pl.col("factuality").is_in(["asserted", "negated"]))
        .group_by("event_id")
        .agg(factuality=pl.col("factuality").unique().sort())
        .filter(pl.col("factuality").list.len() > 1)
    )
    base = (
        base.join(dates.select("event_id", date="conflict"), on="event_id", how="left")
        .join(amounts.select("event_id", amount="conflict"), on="event_id", how="left")
        .join(opposed, on="event_id", how="left")
    )
    fields = list(_DTYPES["conflicting"].to_schema())  # type: ignore[attr-defined]
    some = pl.any_horizontal(pl.col(f).is_not_null() for f in fields)
    return base.select(
        "event_id",
        conflicting=pl.when(some).then(pl.struct(pl.col(f).cast(pl.List(pl.String)) for f in fields)),
    )
