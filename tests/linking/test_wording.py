"""What the wording of a text, and the story that two texts tell, say of one event or two."""

import polars as pl
import pytest

from corpus_etl import linking
from tests.linking.test_link import SUE, Corpus, day, groups

_TOLD = "Anne Morel a de nouveau porté plainte contre Lumitis."


@pytest.mark.parametrize(
    ("sentence", "one"),
    [
        ("La plainte a été enregistrée à Lyon.", True),
        ("Une plainte a été enregistrée à Lyon.", False),
        ("La plainte déjà ancienne a été enregistrée.", False),
    ],
)
def test_the_subject_of_a_passive_refers_back(sentence: str, one: bool) -> None:
    """Also to what was told as a further one."""
    c = Corpus()
    c.report("d", SUE, "Anne Morel", "Lumitis", sentence=_TOLD, trigger="porté plainte")
    c.report("d", SUE, at=300, sentence=sentence, trigger="enregistrée")
    assert (len(groups(c.link())) == 1) is one


@pytest.mark.parametrize(("word", "events"), [("puis", 2), ("et", 1)])
def test_one_thing_after_another(word: str, events: int) -> None:
    c = Corpus()
    sentence = f"Anne Morel a été arrêtée à Dole {word} incarcérée à Dijon."
    for trigger in ("arrêtée", "incarcérée"):
        c.report("d", "justice.arrest", None, "Anne Morel", sentence=sentence, trigger=trigger)
    c.mentions[1]["mention_id"] = "second"
    c.participants[1]["mention_id"] = "second"
    assert len(groups(c.link())) == events


def test_a_heading_within_a_text_tells_what_follows() -> None:
    def tell(heading: str) -> int:
        c = Corpus()
        c.report("d", "business.acquire", None, "La Friterie", at=900, sentence=heading, trigger="rachetée")
        body = "Le brasseur l'a acquise auprès de la curatrice."
        c.report("d", "business.acquire", "Hansenne", at=1000, sentence=body, trigger="acquise")
        return len(groups(c.link()))

    assert tell("La friterie rachetée") == 1
    assert tell("La friterie a été rachetée par des gens du lieu que nul ne connaît et qui ont tout repris.") == 2


def test_two_types_of_one_kin_by_one_actor_on_one_date() -> None:
    def tell(actor: str) -> int:
        c = Corpus()
        dated = day("2017-09-04") | {"date_end": day("2017-12-01")["date_start"], "date_granularity": "season"}
        first, second = "Elle propose un arrangement.", "Il exige des parts."
        c.report("d", "communication.propose", "Anne Morel", sentence=first, trigger="propose", **dated)
        c.report("d", "communication.request", actor, at=80, sentence=second, trigger="exige", **dated)
        return len(groups(c.link()))

    assert tell("Anne Morel") == 1
    assert tell("Paul Brun") == 2


def _two_documents(*further: str) -> linking.Linked:
    """Anne Morel has sued, in two documents that leave unsaid whom; both are about `further` parties as well."""
    c = Corpus()
    for doc, published in (("d1", "2024-03-01"), ("d2", "2024-04-10")):
        sentence = "Anne Morel a porté plainte."
        c.report(doc, SUE, "Anne Morel", sentence=sentence, trigger="porté plainte", published=published)
        for n, name in enumerate(further, 1):
            c.report(doc, "business.partner", "Nordix", name, at=200 * n, published=published)
            c.report(doc, "business.invest", name, "Nordix", at=200 * n + 100, published=published)
    return c.link()


def test_documents_of_one_story() -> None:
    def one(linked: linking.Linked) -> bool:
        return linked.mentions.filter(pl.col("event_type") == SUE)["event_id"].n_unique() == 1

    assert one(_two_documents("Calcimat", "Verdalis"))
    assert not one(_two_documents())


def test_a_description_is_no_name() -> None:
    """« ses investisseurs » may be those that are named elsewhere."""

    def tell(kind: str, name: str) -> int:
        c = Corpus()
        c.report("d", "communication.request", "Nordix", "Calcimat", theme="renoncer aux startups")
        c.report("d", "communication.request", "Nordix", "e2", at=90, theme="renoncer aux startups")
        named = {"Nordix": "Nordix", "Calcimat": "Calcimat", "e2": name}
        entities = pl.DataFrame(
            [
                {"entity_id": i, "name": n, "kind": kind if i == "e2" else "organization"}
                for i, n in named.items()
            ]
        )
        return len(groups(c.link(entities=entities)))

    assert tell("group", "investisseurs de Nordix") == 1
    assert tell("organization", "Verdalis") == 2
