"""Arguments that stand elsewhere, dates that belong to the event, and what a sentence of a paragraph hands on."""

from datetime import date

import pytest

from corpus_etl import events, language
from corpus_etl.time import Interval
from tests.events.reading import party_names, read_mentions


def _find(text, event_type):
    return next(m for m in read_mentions(text) if m.event_type == event_type)


def test_a_definite_noun_takes_the_roles_told_before():
    text = "Elon Musk a porté plainte contre OpenAI. La plainte a été déposée jeudi à San Francisco."
    later = [m for m in read_mentions(text) if m.event_type == "justice.sue"][-1]
    assert (party_names(later, "actor"), party_names(later, "recipient")) == (["Elon Musk"], ["OpenAI"])
    for p in later.roles.participants:
        assert text[p.start : p.end] == p.text


def test_withdrawing_presupposes_the_suit():
    found = _find("Elon Musk a porté plainte contre OpenAI. En juin, il a retiré sa plainte.", "justice.withdraw_suit")
    assert party_names(found, "recipient") == ["OpenAI"]


def test_roles_that_differ_are_not_taken():
    text = "Elon Musk a porté plainte contre OpenAI. La plainte de Microsoft a été déposée lundi."
    later = [m for m in read_mentions(text) if m.event_type == "justice.sue"][-1]
    assert party_names(later, "recipient") == []


@pytest.mark.parametrize(
    ("text", "event_type", "actor", "recipient"),
    [
        ("Le 11 août, Elon Musk a menacé Apple, l'accusant de favoriser OpenAI.", "communication.accuse", ["Elon Musk"], ["Apple"]),
        ("Créée en 2018 par deux ingénieurs, Thermalia compte 35 salariés.", "business.found", ["deux ingénieurs"], ["Thermalia"]),
        ("Une quarantaine de parents ont manifesté devant l'école.", "politics.protest", ["parents"], []),
        ("Altman lui a rétorqué qu'OpenAI n'était pas à vendre.", "communication.statement", ["Sam Altman"], []),
        ("Une opération a permis d'interpeller dix personnes.", "justice.arrest", [], ["dix personnes"]),
        ("Un groupe de salariés emmené par Karim Belhadj a porté plainte contre Arkema.", "justice.sue", ["Karim Belhadj"], ["Arkema"]),
        ("Le ministre a été hué et bousculé par des agriculteurs.", "communication.criticize", ["agriculteurs"], ["ministre"]),
        ("Marie Dubreuil a salué le courage des pompiers.", "communication.praise", ["Marie Dubreuil"], ["pompiers"]),
        # Trees that are repaired: agreement, « et qui », a second « par », an inverted speaker, a lost subject.
        ("Un groupe d’investisseurs emmené par Paul Garrel a racheté Arkema.", "business.acquire", ["Paul Garrel"], ["Arkema"]),
        (
            "La société a été fondée par MM. Altman et Brockman ainsi que par Paul Garrel, parti en 2018 et qui a créé en juillet une rivale, xAI.",
            "business.found",
            ["Sam Altman", "Greg Brockman", "Paul Garrel"],
            ["société"],
        ),
        (
            "« C'est une victoire », a déclaré au New York Times leur chef de file, Marc Toberoff.",
            "communication.statement",
            ["Marc Toberoff"],
            ["New York Times"],
        ),
        (
            "Arrêtés par la police, Paul Martin et Luc Petit ont été écroués.",
            "justice.arrest",
            ["police"],
            ["Paul Martin", "Luc Petit"],
        ),
    ],
)
def test_who_does_what(text, event_type, actor, recipient):
    found = _find(text, event_type)
    assert (party_names(found, "actor"), party_names(found, "recipient")) == (actor, recipient)


def test_what_a_poll_counts_is_nobodys_utterance():
    assert not read_mentions("Selon le baromètre, 62 % des Français se disent inquiets.")
    assert read_mentions("Le maire de Troyes se dit inquiet.")


def test_a_name_is_no_trigger():
    found = read_mentions("L'Organisation du traité de l'Atlantique nord a tenu une réunion lundi.")
    assert all(m.event_type != "politics.agree" for m in found)


@pytest.mark.parametrize(
    ("text", "event_type", "start"),
    [
        ("Il faut remonter au 14 novembre 2023, date à laquelle Elon Musk a déposé une plainte contre OpenAI.", "justice.sue", date(2023, 11, 14)),
        ("Pour cette saison 2023/2024, la réunion du club aura lieu le 12 avril 2024.", "communication.meet", date(2024, 4, 12)),
        ("PARIS, 5 mars 2024 (APC) - Le ministre a démissionné lundi.", "personnel.leave", date(2024, 3, 4)),
        ("Le ministre a récemment démissionné.", "personnel.leave", None),
    ],
)
def test_the_date_of_an_event(text, event_type, start):
    found = _find(text, event_type)
    assert (found.date.start if found.date else None) == start


def test_a_date_is_carried_to_the_next_sentence_of_the_story():
    found = _find("En octobre 2017, Elon Musk propose un arrangement à OpenAI. Il exige le poste de directeur.", "communication.request")
    assert (found.date.basis, found.date.start) == ("carried", date(2017, 10, 1))


def test_a_noun_that_points_back_has_the_date_of_what_it_points_to():
    first = "Le 3 février 2024, une voiture a percuté un arbre à Dole."
    here, elsewhere = (
        [m for m in read_mentions(first + gap + "L'accident a fait deux morts.") if m.event_type == "disaster.accident"][-1]
        for gap in (" ", "\n\n")
    )
    assert here.date is not None and (here.date.start, here.date.basis) == (date(2024, 2, 3), "carried")
    assert elsewhere.date is None


def test_a_date_is_not_carried_across_paragraphs_or_tenses():
    first = "En octobre 2017, Elon Musk a proposé un arrangement à OpenAI."
    for rest in ("\n\nIl exige le poste de directeur.", " Il avait exigé le poste de directeur."):
        assert _find(first + rest, "communication.request").date is None


@pytest.mark.parametrize(
    ("text", "event_type", "factuality"),
    [
        ("Elon Musk a proposé deux options : soit OpenAI fusionnait avec Tesla, soit il en prenait le contrôle.", "business.merge", "planned"),
        ("Le conseil a tenté, en vain, de révoquer Sam Altman.", "personnel.dismiss", "negated"),
    ],
)
def test_factuality_of_choices_and_attempts(text, event_type, factuality):
    assert _find(text, event_type).factuality == factuality


@pytest.mark.parametrize(
    ("text", "event_type", "start"),
    [
        ("Un chauffeur a été pris à partie et agressé par deux individus, hier, à Valdoie.", "conflict.attack", date(2024, 3, 4)),
        ("Les individus qui ont braqué le bijoutier, hier, ont dû être déçus.", "conflict.attack", date(2024, 3, 4)),
        ("Le Britannique Richard Reid est accusé d'avoir volé une voiture en décembre 2001.", "communication.accuse", None),
        ("Une femme est tombée hier du quatrième étage. Grièvement blessée, elle a été transportée à l'hôpital.", "life.injure", date(2024, 3, 4)),
    ],
)
def test_dates_that_the_parser_hangs_elsewhere(text, event_type, start):
    found = _find(text, event_type)
    assert (found.date.start if found.date else None) == start


@pytest.mark.parametrize(
    ("text", "event_type", "start"),
    [
        # A gerund and a participle that shares the auxiliary have the time of their verb, be it an event or not.
        ("Lundi, une colonne de pick-up a fondu sur le poste de Mora, tuant dix soldats.", "life.die", date(2024, 3, 4)),
        ("Des rebelles ont attaqué lundi un camp, tuant dix soldats et en blessant trente autres.", "life.injure", date(2024, 3, 4)),
        ("Paul Garrel a été arrêté samedi et mis en examen.", "justice.charge", date(2024, 3, 2)),
        # What comes later has no date of its own: « puis », another auxiliary, a main verb behind its opening participle.
        ("Paul Garrel avait été arrêté en mai 2022, puis condamné à trois ans de prison.", "justice.sentence", None),
        ("Arkema a été placée en redressement le 2 février et a licencié cent salariés.", "business.layoff", None),
        ("Arrêté lundi à Pau, Paul Garrel a été mis en examen pour meurtre.", "justice.charge", None),
        # Deaths and damage, when their cause has a date.
        ("L'orage qui s'est abattu lundi sur la Corse a coûté la vie à trois personnes.", "life.die", date(2024, 3, 4)),
        ("Un motard a perdu la vie lorsque sa moto a été percutée lundi par un train.", "life.die", date(2024, 3, 4)),
        # What is said does not happen when it is said; a bound is no date.
        ("Paul Garrel a annoncé lundi que la société Arkema avait licencié 300 salariés.", "business.layoff", None),
        ("Arkema s'est engagée à ne licencier personne avant 2026.", "communication.promise", None),
        ("Arkema a promis de fermer l'usine de Pau d'ici 2030.", "communication.promise", None),
        # Where the parser hangs a date behind a semicolon, a colon or a relative clause.
        ("Jeudi, un autre géant est sorti du bois : la société Meta a accusé OpenAI de mensonge.", "communication.criticize", date(2024, 2, 29)),
        (
            "Des hommes ont attaqué la prison de Pau, où dorment 300 détenus, dans la nuit de dimanche à lundi, avant de fuir.",
            "conflict.attack",
            date(2024, 3, 3),
        ),
    ],
)
def test_dates_taken_from_another_verb(text, event_type, start):
    found = _find(text, event_type)
    assert (found.date.start if found.date else None) == start


def test_a_weekday_dates_nothing_where_only_the_month_is_known():
    document = next(iter(language.load("fr").analyse([("d" * 17, "Paul Garrel a démissionné mardi de la société Arkema.")])))
    (found,) = events.find_mentions(document, Interval(date(2024, 3, 1), date(2024, 4, 1)), events.resources("fr"))
    assert found.date is None
