"""Who undergoes, who is answered and who is asked: rules that were found on new passages, each beside a near miss."""

from datetime import date

import pytest

from corpus_etl import time
from tests.events.reading import PUBLISHED, party_names, read_mentions


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        # « se voir » with an infinitive: the subject undergoes, as object or as addressee
        ("L'entreprise Altaro s'est vu refuser un prêt par la banque.", "communication.reject", ["banque"], ["Altaro"]),
        ("Paul Martin s'était vu licencier en janvier.", "personnel.dismiss", [], ["Paul Martin"]),
        ("La société Verdane s'est vue condamner à verser 2 millions d'euros à Morvane.", "justice.rule", [], ["Verdane"]),
        ("Le groupe Altaro s'est vu attribuer le marché par la région.", "business.partner", ["Altaro"], []),
        ("Paul Martin a vu Anne Roth quitter le gouvernement.", "personnel.leave", ["Anne Roth"], []),
        # who is asked, and what is asked for
        ("Sollicités par l'agence, Altaro et Verdane n'ont pas souhaité répondre.", "communication.request", ["agence"], ["Altaro", "Verdane"]),
        ("La commune a sollicité une aide auprès du département.", "communication.request", ["commune"], ["département"]),
        ("L'ONU a demandé à Israël d'ouvrir une enquête.", "communication.request", ["Organisation des Nations unies"], ["Israël"]),
        ("Le ministre a annoncé à Alger la fermeture du consulat.", "communication.statement", ["ministre"], []),
        ("Les élus demandent la libération de l'opposant Pavel Zhuk.", "communication.request", ["élus"], []),
        ("Les élus demandent la libération de l'opposant Pavel Zhuk.", "justice.release", [], ["Pavel Zhuk"]),
        # who is visé par a suit or an inquiry, without auxiliary
        ("La société Morvane visée par une plainte de l'association Noyb", "justice.sue", ["Noyb"], ["Morvane"]),
        # whose offer, and what is said of the act of somebody
        ("Ses fondatrices ont refusé l'an dernier une offre de rachat du géant Novatis.", "communication.reject", ["fondatrices"], ["Novatis"]),
        ("Luc Roy a salué la démission de Paul Martin.", "communication.praise", ["Luc Roy"], ["Paul Martin"]),
        ("La mairie a essuyé un refus de la région.", "communication.reject", ["région"], ["mairie"]),
        # an organisation that announces a departure; to whom a resignation is handed
        ("Le groupe Altaro a annoncé mardi le départ de Fabio Grossi.", "personnel.leave", ["Fabio Grossi"], ["Altaro"]),
        ("Le maire, Paul Ravier, a remis sa démission au préfet jeudi.", "personnel.leave", ["Paul Ravier"], []),
        # who attacks and what is attacked
        ("Les rebelles revendiquent l'attaque d'une caserne près d'Agadez.", "conflict.attack", ["rebelles"], ["caserne"]),
        ("L'attaque du Hamas a fait dix morts.", "conflict.attack", ["Hamas"], []),
        # where somebody is from, before or behind the noun
        ("L'allemand Siemens a racheté le français Altaro.", "business.acquire", ["Siemens"], ["Altaro"]),
        ("Verdane a levé 150 millions d'euros auprès du japonais Belmont.", "business.raise_funds", ["Verdane"], ["Belmont"]),
        # a name behind a day, and the participle that agrees with it
        ("La cour d'assises a acquitté jeudi Samir Belkacem, jugé pour vol.", "justice.acquit", ["cour d'assises"], ["Samir Belkacem"]),
        ("La cour d'assises a acquitté jeudi Samir Belkacem, jugé pour vol.", "justice.trial", [], ["Samir Belkacem"]),
        # two subjects, the first with an aside
        ("Le chauffeur, âgé de 52 ans, et quatre élèves ont été légèrement blessés.", "life.injure", [], ["chauffeur", "quatre élèves"]),
        # behind « face à » a place is the other side
        ("Le Stade Brestois s'est imposé 2-1 face à Lorient dimanche.", "competition.win", ["Stade Brestois"], ["Lorient"]),
        # an aside that the parser took for the main clause
        ("Paul Martin, affirme la police, a tué deux hommes.", "life.die", ["Paul Martin"], ["deux hommes"]),
        ("Paul Martin, ministre, accuse la presse, dénonce les juges et part.", "communication.accuse", ["Paul Martin"], ["presse"]),
    ],
)
def test_who_and_to_whom(text, event_type, actor, recipient):
    found = next(m for m in read_mentions(text) if m.event_type == event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("Luc Roy a porté plainte contre Morvane lundi. Morvane est aujourd'hui, affirme la plainte, « une filiale de fait ».", "communication.statement", ["Luc Roy"], []),
        ("Luc Roy a porté plainte contre Morvane. Morvane a menti, affirme le communiqué.", "justice.sue", ["Luc Roy"], ["Morvane"]),
        ("Paul Garrel a été condamné lundi par la cour à un an de prison. Son pourvoi sera examiné en mai.", "justice.appeal", ["Paul Garrel"], []),
    ],
)
def test_who_speaks_or_appeals_through_papers(text, event_type, actor, recipient):
    found = next(m for m in reversed(read_mentions(text)) if m.event_type == event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)
    assert event_type != "communication.statement" or found.date is None


def test_a_heading_leaves_to_the_text_against_whom():
    heading = read_mentions("Luc Roy relance les poursuites\nL'homme d'affaires Luc Roy a de nouveau porté plainte lundi contre Morvane.")[0]
    assert (party_names(heading, "actor"), party_names(heading, "recipient")) == (["Luc Roy"], ["Morvane"])
    other = read_mentions("Luc Roy relance les poursuites\nAnne Petit a porté plainte lundi contre Morvane.")[0]
    assert party_names(other, "recipient") == []


@pytest.mark.parametrize(
    ("text", "trigger", "factuality"),
    [
        ("Luc Roy veut bloquer la fusion de Verdane et Altaro.", "fusion", "planned"),
        ("Le maire a refusé une offre de rachat du groupe Altaro.", "offre de rachat", "asserted"),
        ("La direction a proposé une prime, jugée insuffisante par la CGT.", "jugée", "asserted"),
        ("Les syndicats ont appelé les salariés à cesser le travail jeudi.", "appelé les salariés à cesser le travail", "planned"),
        ("Les salariés ont cessé le travail jeudi.", "cessé le travail", "asserted"),
    ],
)
def test_whether_it_happened(text, trigger, factuality):
    assert next(m.factuality for m in read_mentions(text) if text[m.start : m.end] == trigger) == factuality


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Morvane contre-attaque", "communication.statement"),
        ("Le groupe tire un trait sur son usine.", "conflict.attack"),
        ("Luc Roy vend une IA concurrente, Grok.", "business.acquire"),
        ("Les grévistes ont reçu le soutien du député Luc Roy.", "communication.meet"),
        ("La direction veut obtenir la levée du blocage.", "business.raise_funds"),
        ("Il est à noter que Luc Roy a eu de la chance mardi.", "communication.statement"),
        ("Il convient de modifier le régime de priorité.", "politics.agree"),
        ("Un taxi est venu mardi pour emporter le synthétiseur de Luc Roy.", "life.die"),
        ("Une avalanche a emporté cinq skieurs dimanche.", "life.die"),
        ("Un adolescent, atteint d'un cancer, a rencontré la main sur le cœur le ministre.", "life.injure"),
        ("Le groupe Altaro s'est vu offrir une participation dans Verdane.", "communication.criticize"),
    ],
)
def test_what_is_none(text, wrong):
    assert all(m.event_type != wrong for m in read_mentions(text))


def test_sources_of_participles():
    text = "Les syndicats, reçus par la préfète mardi, ont appelé les salariés à la grève."
    assert all(m.attribution is None for m in read_mentions(text) if m.event_type == "communication.meet")
    text = "La direction a proposé une prime, jugée insuffisante par la CGT."
    assert all(m.attribution is None for m in read_mentions(text))
    text = "L'usine Belmont a fermé mardi, précise la préfecture."
    assert any(m.attribution is not None for m in read_mentions(text) if m.event_type == "business.close")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Narendra Modi l'avait reçu en janvier.", date(2024, 1, 1)),   # a name with the ending of a future
        ("Il rentrera en janvier.", date(2025, 1, 1)),
        ("L'Union avait adopté de nouvelles sanctions contre le régime en mai.", date(2023, 5, 1)),
    ],
)
def test_names_are_no_futures(text, start):
    assert [e.value_start for e in time.annotate(text, PUBLISHED)] == [start]


def test_one_mention_of_a_fine_that_somebody_gets():
    found = [m for m in read_mentions("Le groupe Verdane s'est vu infliger une amende de 3 millions d'euros.") if m.event_type == "justice.fine"]
    assert [party_names(m, "recipient") for m in found] == [["Verdane"]]


def test_an_ambiguous_name_is_what_the_noun_before_it_says():
    names = [n for m in read_mentions("Le syndicat Alliance appelle à un rassemblement.") for n in party_names(m, "actor")]
    assert names == ["Alliance"]
    names = [n for m in read_mentions("Le maire a écrit lundi une lettre au Premier ministre.") for n in party_names(m, "recipient")]
    assert "Premier" not in names
