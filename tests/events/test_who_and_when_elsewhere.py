"""Parties and dates that stand apart from their trigger: behind asides, in other sentences, in what the document tells."""

from datetime import date

import pytest

from corpus_etl import events, language
from corpus_etl.time import Interval

PUBLISHED = Interval(date(2024, 3, 5), date(2024, 3, 6))


def _mentions(text):
    document = next(iter(language.load("fr").analyse([("d" * 17, text)])))
    return events.find_mentions(document, PUBLISHED, events.resources("fr"))


def _names(mention, role):
    return [p.entity.name if p.entity else p.text for p in mention.roles.of(role)]


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        # an aside parts the auxiliary from its participle
        ("Le groupe avait, en mars dernier, racheté la société Belmont.", "business.acquire", ["groupe"], ["Belmont"]),
        ("Le parquet a, selon nos informations, ouvert une enquête contre Paul Garrel.", "justice.investigate", ["parquet"], ["Paul Garrel"]),
        # what was joined too low
        ("Jean Petit, menuisier à Lyon et Marie Roche, infirmière à Paris, se sont mariés samedi.", "life.marry", ["Jean Petit"], ["Marie Roche"]),
        ("Le chancelier souhaite la nomination de Paul Garrel pour le SPD et Anne Roth pour les Verts.", "personnel.appoint", [], ["Paul Garrel", "Anne Roth"]),
        ("LONDRES - Le Royaume-Uni et le Rwanda ont signé mardi un accord de paix.", "politics.agree", ["Royaume-Uni"], ["Rwanda"]),
        ("Le sinistre a détruit, au niveau du port, les hangars et le marché.", "disaster.accident", [], ["hangars"]),
        # complements behind a participle, agents of what is made
        ("Une plainte déposée contre la société Belmont a été classée.", "justice.withdraw_suit", [], ["Belmont"]),
        ("Les accusations portées contre Paul Garrel sont graves.", "communication.accuse", [], ["Paul Garrel"]),
        ("Les conseillers ont accordé à l'unanimité 15 000 euros au club de voile.", "transaction.transfer_money", ["conseillers"], ["club de voile"]),
        # who is prosecuted did it
        ("Paul Garrel a été condamné mardi pour le meurtre de Luc Roy en 2018.", "life.die", ["Paul Garrel"], ["Luc Roy"]),
        ("Trois jeunes sont jugés pour l'agression d'un chauffeur de bus.", "conflict.attack", ["Trois jeunes"], ["chauffeur de bus"]),
        # counted people, services, posts
        ("Deux des quatre suspects ont été interpellés mardi.", "justice.arrest", [], ["Deux des quatre suspects"]),
        ("Le juge a relâché six manifestants. Vingt-deux autres ont été interpellés.", "justice.arrest", [], ["Vingt-deux autres"]),
        ("L'enquête de gendarmerie a conclu au suicide.", "justice.investigate", ["gendarmerie"], []),
        ("Le patron de Morvane, Guillaume Servan, a rendu son tablier hier.", "personnel.leave", ["Guillaume Servan"], ["Morvane"]),
        ("Le maire PS Jean-Paul Martin a démissionné mardi.", "personnel.leave", ["Jean-Paul Martin"], []),
        ("« Rien ne va », s'emporte le délégué CGT Rachid Benmoussa.", "communication.criticize", ["Rachid Benmoussa"], []),
        ("« La direction joue avec nos vies », fulmine Jean Petit.", "communication.criticize", ["Jean Petit"], ["direction"]),
        ("Le porte-parole du Front locataire, Simon Petit, qui devait rencontrer la ministre, a renoncé.", "communication.meet", ["Simon Petit"], ["ministre"]),
        ("Approché par le milliardaire Luc Roy, le conseil a repoussé sa proposition.", "communication.reject", ["conseil"], ["Luc Roy"]),
        ("Une tribune est parue mardi dans Le Monde.", "communication.publish", ["Le Monde"], []),
        ("La prise d'otages des ministres à Vienne a duré deux jours.", "conflict.attack", [], ["ministres"]),
    ],
)
def test_parties_in_one_sentence(text, event_type, actor, recipient):
    found = next(m for m in _mentions(text) if m.event_type == event_type)
    assert (_names(found, "actor"), _names(found, "recipient")) == (actor, recipient)
    for p in found.roles.participants:
        assert text[p.start : p.end] == p.text


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("Le tribunal a condamné Luc Roy à 5.000 euros d'amende. Il a, en outre, jugé recevables les demandes.", "justice.rule", ["tribunal"], []),
        ("Agression à Valdoie.\nUn chauffeur a été agressé par deux individus.", "conflict.attack", ["deux individus"], ["chauffeur"]),
        ("Les faits qui lui sont reprochés ont eu lieu en mai.\nLuc Roy comparaissait hier.", "communication.accuse", [], ["Luc Roy"]),
        ("Luc Roy comparaissait lundi devant le tribunal. Le procureur a requis trois ans de prison.", "justice.request_ruling", ["procureur"], ["Luc Roy"]),
        ("Le juge a inculpé le président yougoslave. Il a vu mardi le président yougoslave Slobodan Milosevic.", "justice.charge", ["juge"], ["Slobodan Milosevic"]),
    ],
)
def test_parties_that_other_sentences_name(text, event_type, actor, recipient):
    found = next(m for m in _mentions(text) if m.event_type == event_type)
    assert (_names(found, "actor"), _names(found, "recipient")) == (actor, recipient)


def test_the_defence_does_not_ask_against_the_defendant():
    text = "Luc Roy comparaissait lundi devant le tribunal. L'avocate a demandé au juge de relâcher l'homme."
    found = next(m for m in _mentions(text) if m.event_type == "justice.request_ruling")
    assert "Luc Roy" not in _names(found, "recipient") + _names(found, "actor")


@pytest.mark.parametrize(
    ("text", "event_type", "start"),
    [
        ("Paul Garrel a été condamné mardi pour le meurtre de Luc Roy en 2018.", "life.die", date(2018, 1, 1)),
        ("Un homme, blessé par balle, a été secouru et transporté à l'hôpital, lundi.", "life.injure", date(2024, 3, 4)),
        ("Luc Roy a fait savoir hier qu'il partait. « C'est fini. » Luc Roy a par ailleurs indiqué qu'il vendait tout.", "communication.statement", date(2024, 3, 4)),
        ("Il faudra attendre le 15 mars pour connaître le jugement du tribunal.", "justice.rule", date(2024, 3, 15)),
        ("L'armée a attaqué la ville hier. L'armée poursuit ses bombardements sur la ville.", "conflict.attack", None),
        ("Luc Roy a été mis en examen hier. Luc Roy est soupçonné d'avoir reçu des fonds.", "communication.accuse", None),
    ],
)
def test_dates_that_stand_elsewhere(text, event_type, start):
    found = [m for m in _mentions(text) if m.event_type == event_type][-1]
    assert (found.date.start if found.date else None) == start


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("La fonction a été créée par le gouvernement, a-t-on annoncé hier.", "communication.statement"),
        ("Il voulait détourner des avions pour les faire s'écraser.", "disaster.accident"),
        ("Considérant que les faits étaient établis, le tribunal a condamné Luc Roy.", "communication.statement"),
        ("« Je vous réponds que oui », a indiqué Luc Roy.", "communication.reject"),
        ("Alertée par des passants, la police est intervenue.", "communication.statement"),
    ],
)
def test_no_events_of_their_own(text, event_type):
    assert event_type not in {m.event_type for m in _mentions(text)}


@pytest.mark.parametrize(
    ("text", "event_type", "trigger"),
    [
        ("Son restaurant, ravagé par un incendie en juillet 2019, a rouvert.", "disaster.accident", "incendie"),
        ("Il a parlé d'une rançon de 3 millions de dollars versée par l'État.", "transaction.transfer_money", "versée"),
    ],
)
def test_one_happening_told_by_noun_and_verb_is_one_mention(text, event_type, trigger):
    assert [text[m.start : m.end] for m in _mentions(text) if m.event_type == event_type] == [trigger]


@pytest.mark.parametrize("text", ["Le ministre n'hésite pas à critiquer Luc Roy.", "Le ministre n'a pas hésité à critiquer Luc Roy."])
def test_what_somebody_does_not_hesitate_to_do_happened(text):
    assert next(m for m in _mentions(text) if m.event_type == "communication.criticize").factuality == "asserted"
