"""Linking through its public interface, on small hand-made reports."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from corpus_etl import linking, schemas
from corpus_etl.errors import ConfigurationError

SUE = "justice.sue"


def day(text: str) -> dict[str, Any]:
    start = date.fromisoformat(text)
    return {
        "date_start": start,
        "date_end": date.fromordinal(start.toordinal() + 1),
        "date_granularity": "day",
    }


def month(year: int, number: int) -> dict[str, Any]:
    end = date(year + number // 12, number % 12 + 1, 1)
    return {"date_start": date(year, number, 1), "date_end": end, "date_granularity": "month"}


def euros(value: float) -> dict[str, Any]:
    return {"amounts": [{"value": value, "low": None, "high": None, "currency": "EUR", "unit": None}]}


class Corpus:
    """Documents with one report each, unless `at` says where else in the document a mention stands."""

    def __init__(self) -> None:
        self.mentions: list[dict[str, Any]] = []
        self.participants: list[dict[str, Any]] = []
        self.documents: dict[str, dict[str, Any]] = {}

    def report(
        self,
        doc: str,
        event_type: str,
        actor: str | None = None,
        recipient: str | None = None,
        *,
        published: str = "2024-03-01",
        theme: str | None = None,
        place: str | None = None,
        sentence: str | None = None,
        trigger: str = "x",
        at: int = 0,
        **columns: Any,
    ) -> str:
        mention = f"{doc}-{at}-{event_type}"
        start = date.fromisoformat(published)
        self.documents[doc] = {
            "doc_id": doc,
            "published_start": start,
            "published_end": date.fromordinal(start.toordinal() + 1),
            "duplicate_of": columns.pop("duplicate_of", None),
        }
        offset = sentence.index(trigger) if sentence else 0
        self.mentions.append(
            {
                "mention_id": mention,
                "doc_id": doc,
                "event_type": event_type,
                "factuality": columns.pop("factuality", "asserted"),
                "trigger": trigger,
                "trigger_start": at + offset,
                "trigger_end": at + offset + len(trigger),
                "sentence": sentence,
                "sentence_start": at,
                "sentence_end": at + len(sentence or trigger),
                **columns,
            }
        )
        for role, name in (("actor", actor), ("recipient", recipient), ("theme", theme), ("place", place)):
            if name:
                key = None if role == "theme" else name
                self.participants.append(
                    {"mention_id": mention, "role": role, "entity_id": key, "text": name}
                )
        return mention

    def link(self, **options: Any) -> linking.Linked:
        amounts = pl.List(
            pl.Struct(
                dict.fromkeys(("value", "low", "high"), pl.Float64)
                | dict.fromkeys(("currency", "unit"), pl.String)
            )
        )
        mentions = pl.DataFrame(self.mentions, infer_schema_length=None)
        if "amounts" in mentions.columns:
            mentions = mentions.with_columns(pl.col("amounts").cast(amounts))
        participants = pl.DataFrame(
            self.participants,
            schema={"mention_id": pl.String, "role": pl.String, "entity_id": pl.String, "text": pl.String},
        )
        documents = pl.DataFrame(
            list(self.documents.values()),
            schema={
                "doc_id": pl.String,
                "published_start": pl.Date,
                "published_end": pl.Date,
                "duplicate_of": pl.String,
            },
        )
        return linking.link(mentions, participants, documents, **options)


def groups(linked: linking.Linked) -> set[frozenset[str]]:
    rows = linked.mentions.group_by("event_id").agg("mention_id")
    return {frozenset(members) for members in rows["mention_id"].to_list()}


def test_five_wordings_of_one_suit_are_one_event() -> None:
    corpus = Corpus()
    ids = [
        corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29")),
        corpus.report("d2", SUE, "Anna Brun", "Nordix", published="2024-03-02", **month(2024, 2)),
        corpus.report("d3", SUE, "Anna Brun", "Nordix", published="2024-03-05"),
    ]
    linked = corpus.link()
    assert groups(linked) == {frozenset(ids)}
    event = linked.events.row(0, named=True)
    assert (event["date_start"], event["date_granularity"]) == (date(2024, 2, 29), "day")
    assert event["label"] == "Anna Brun → Nordix · justice.sue · 2024-02-29"
    assert (event["n_mentions"], event["n_documents"], event["n_sources"]) == (3, 3, 3)


def test_contradictory_dates_forbid() -> None:
    corpus = Corpus()
    one = corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    other = corpus.report("d2", SUE, "Anna Brun", "Nordix", published="2024-08-07", **day("2024-08-05"))
    assert groups(corpus.link()) == {frozenset({one}), frozenset({other})}


def test_an_undated_report_does_not_join_two_dated_events() -> None:
    corpus = Corpus()
    one = corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    other = corpus.report("d2", SUE, "Anna Brun", "Nordix", published="2024-08-07", **day("2024-08-05"))
    undated = corpus.report("d3", SUE, "Anna Brun", "Nordix", published="2024-08-08")
    assert groups(corpus.link()) == {frozenset({one}), frozenset({other, undated})}


def test_a_report_cannot_assert_what_happens_after_it() -> None:
    corpus = Corpus()
    early = corpus.report("d1", SUE, "Anna Brun", "Nordix", published="2024-03-01")
    late = corpus.report("d2", SUE, "Anna Brun", "Nordix", published="2024-08-06", **day("2024-08-05"))
    assert groups(corpus.link()) == {frozenset({early}), frozenset({late})}


def test_withdrawn_and_filed_again() -> None:
    corpus = Corpus()
    first = corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    text = "Anna Brun a finalement retiré sa plainte en juin"
    gone = corpus.report(
        "d2",
        "justice.withdraw_suit",
        "Anna Brun",
        published="2024-06-12",
        sentence=text,
        trigger="retiré",
        **month(2024, 6),
    )
    again = "En août, Anna Brun a relancé une action en justice contre Nordix"
    second = corpus.report(
        "d3",
        SUE,
        "Anna Brun",
        "Nordix",
        published="2024-08-20",
        sentence=again,
        trigger="relancé",
        **month(2024, 8),
    )
    assert groups(corpus.link()) == {frozenset({first}), frozenset({gone}), frozenset({second})}


def test_contradictory_amounts_forbid() -> None:
    corpus = Corpus()
    a = corpus.report("d1", "justice.fine", "CNIL", "Nordix", **euros(5e6))
    b = corpus.report("d2", "justice.fine", "CNIL", "Nordix", **euros(5.1e6))
    c = corpus.report("d3", "justice.fine", "CNIL", "Nordix", **euros(40e6))
    assert groups(corpus.link()) == {frozenset({a, b}), frozenset({c})}


def test_other_types_stay_apart() -> None:
    corpus = Corpus()
    a = corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    b = corpus.report("d2", "communication.accuse", "Anna Brun", "Nordix", **day("2024-02-29"))
    assert groups(corpus.link()) == {frozenset({a}), frozenset({b})}


def test_other_parties_stay_apart() -> None:
    corpus = Corpus()
    a = corpus.report("d1", "personnel.leave", "Anna Brun", "Nordix", **day("2024-02-29"))
    b = corpus.report("d2", "personnel.leave", "Jean Brun", "Nordix", **day("2024-02-29"))
    assert groups(corpus.link()) == {frozenset({a}), frozenset({b})}


def test_partners_may_change_places() -> None:
    corpus = Corpus()
    a = corpus.report("d1", "business.partner", "Nordix", "Sudex", **day("2024-02-29"))
    b = corpus.report("d2", "business.partner", "Sudex", "Nordix", **day("2024-02-29"))
    c = corpus.report("d3", "business.partner", "Nordix", "Ostra", **day("2024-02-29"))
    assert groups(corpus.link()) == {frozenset({a, b}), frozenset({c})}


def test_a_definite_noun_refers_back_inside_its_document() -> None:
    corpus = Corpus()
    a = corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    b = corpus.report(
        "d1", SUE, at=200, sentence="Dans la plainte, elle demande des excuses", trigger="plainte"
    )
    c = corpus.report(
        "d2", SUE, at=200, sentence="Dans la plainte, il demande des excuses", trigger="plainte"
    )
    linked = corpus.link()
    assert groups(linked) == {frozenset({a, b}), frozenset({c})}
    row = linked.mentions.filter(pl.col("mention_id") == b).row(0, named=True)
    assert row["linked_to"] == a
    assert row["link_rule"].startswith("document: ")
    assert 0.5 < row["link_score"] <= 1


def test_a_headline_tells_what_the_first_lines_tell() -> None:
    def tell(top: str) -> int:
        c = Corpus()
        c.report("d", "justice.arrest", sentence=top, trigger="démantelée")
        lead = "Quatre hommes ont été cueillis mardi à l'aube."
        c.report("d", "justice.arrest", "Police", at=120, sentence=lead, trigger="cueillis")
        return len(groups(c.link()))

    assert tell("Une équipe de cambrioleurs démantelée dans le Val-d'Oise") == 1
    assert tell("Une équipe de cambrioleurs a été démantelée dans le Val-d'Oise.") == 2


def test_a_text_looks_back_below_its_news() -> None:
    def tell(first: dict[str, Any], second: dict[str, Any]) -> int:
        c = Corpus()
        c.report("d", SUE, "Anne Morel", "Lumitis", **first)
        c.report("d", SUE, "Anne Morel", at=400, **second)
        return len(groups(c.link()))

    assert tell({}, day("2020-05-04")) == 2
    assert tell(day("2020-05-04"), {}) == 1


@pytest.mark.parametrize(
    ("sentence", "one"),
    [
        ("La plainte a été déposée hier.", True),
        ("Cette nouvelle plainte vise aussi le directeur.", True),
        ("Elle a répliqué par sa propre plainte.", False),
        ("Une plainte déjà ancienne la vise aussi.", False),
    ],
)
def test_words_that_tell_the_event_from_another(sentence: str, one: bool) -> None:
    c = Corpus()
    told = "Anne Morel a porté plainte contre Lumitis."
    c.report("d", SUE, "Anne Morel", "Lumitis", sentence=told, trigger="porté plainte")
    c.report("d", SUE, at=300, sentence=sentence, trigger="plainte")
    assert (len(groups(c.link())) == 1) is one


def test_statements_of_one_day_are_told_apart_by_theme() -> None:
    corpus = Corpus()
    says = "communication.statement"
    a = corpus.report(
        "d1", says, "Anna Brun", theme="la réforme des retraites sera votée", **day("2024-02-29")
    )
    b = corpus.report(
        "d2", says, "Anna Brun", theme="un vote sur la réforme des retraites", **day("2024-02-29")
    )
    c = corpus.report("d3", says, "Anna Brun", theme="la guerre en Ukraine durera", **day("2024-02-29"))
    assert groups(corpus.link()) == {frozenset({a, b}), frozenset({c})}


def test_planned_and_done_need_a_common_date() -> None:
    corpus = Corpus()
    merge = "business.restructure"
    done = corpus.report("d1", merge, "Nordix", published="2024-06-01", **day("2024-05-30"))
    planned = corpus.report("d2", merge, "Nordix", factuality="planned", **day("2024-05-30"))
    vague = corpus.report("d3", merge, "Nordix", factuality="planned", published="2024-06-01")
    assert groups(corpus.link()) == {frozenset({done, planned}), frozenset({vague})}


def test_denied_events_are_summarised() -> None:
    corpus = Corpus()
    for doc, fact, source in (
        ("d1", "asserted", None),
        ("d2", "asserted", "AFP"),
        ("d3", "negated", "Nordix"),
    ):
        corpus.report(
            doc,
            "business.acquire",
            "Nordix",
            "Sudex",
            factuality=fact,
            attribution_entity_id=source,
            attribution=source,
            **day("2024-02-29"),
        )
    linked = corpus.link()
    assert linked.events.height == 1
    event = linked.events.row(0, named=True)
    assert event["factuality"] == "asserted"
    assert event["factuality_counts"] == {"asserted": 2, "negated": 1, "planned": 0, "possible": 0}
    assert [s["name"] for s in event["claimed_by"]] == ["AFP"]
    assert [s["name"] for s in event["denied_by"]] == ["Nordix"]
    assert event["conflicting"]["factuality"] == ["asserted", "negated"]


def test_copies_are_one_source() -> None:
    corpus = Corpus()
    corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    corpus.report("d2", SUE, "Anna Brun", "Nordix", duplicate_of="d1", **day("2024-02-29"))
    event = corpus.link().events.row(0, named=True)
    assert (event["n_documents"], event["n_sources"]) == (2, 1)


def test_a_disputed_coarse_date_is_kept_as_conflict() -> None:
    corpus = Corpus()
    corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"))
    corpus.report("d2", SUE, "Anna Brun", "Nordix", published="2024-03-20", **month(2024, 3))
    event = corpus.link().events.row(0, named=True)
    assert event["date_start"] == date(2024, 2, 29)
    assert event["conflicting"]["date"] == ["2024-02-29..2024-03-01", "2024-03-01..2024-04-01"]


def test_events_fit_the_contract() -> None:
    corpus = Corpus()
    corpus.report("d1", SUE, "Anna Brun", "Nordix", **day("2024-02-29"), **euros(3.0))
    corpus.report("d2", "disaster.natural", place="Nice")
    linked = corpus.link()
    assert linked.events.schema == pl.Schema(schemas.TABLES["events"].dtypes)
    crosswalk = linked.events.filter(pl.col("event_type") == SUE).row(0, named=True)
    assert (crosswalk["plover"], crosswalk["cameo_root"], crosswalk["ace_ere"]) == (
        "ACCUSE",
        "11",
        "Justice:Sue",
    )
    assert linked.entities.schema == pl.Schema(schemas.TABLES["entities"].dtypes)


def test_nothing_to_link() -> None:
    corpus = Corpus()
    corpus.report("d1", SUE)
    linked = corpus.link()
    assert linked.events.height == 1
    nothing = linking.link(
        linked.mentions.clear(), linked.participants.clear(), pl.DataFrame({"doc_id": ["d1"]})
    )
    assert nothing.events.is_empty()


def test_missing_columns_and_double_ids_are_named() -> None:
    documents = pl.DataFrame({"doc_id": ["d1"]})
    participants = pl.DataFrame({"mention_id": ["m"], "role": ["actor"]})
    with pytest.raises(ConfigurationError, match="event_type"):
        linking.link(pl.DataFrame({"mention_id": ["m"], "doc_id": ["d1"]}), participants, documents)
    twice = pl.DataFrame({"mention_id": ["m", "m"], "doc_id": ["d1", "d1"], "event_type": [SUE, SUE]})
    with pytest.raises(ConfigurationError, match="twice"):
        linking.link(twice, participants, documents)
