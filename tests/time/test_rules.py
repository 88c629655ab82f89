"""The temporal grammar as data: every line has an example that is found, and the values that readers expect."""

from datetime import date

import pytest

from corpus_etl.time import Interval, annotate, annotator

REFERENCE = date(2024, 3, 5)
# Expressions that need something around them: a range beside a month, an antecedent, a text of nothing else.
NEED_CONTEXT = {"WHOLE", "NAME", "TIMERANGE"}


@pytest.mark.parametrize("rule", annotator("fr").grammar.rules, ids=lambda r: f"{r.target}: {r.source}")
def test_the_example_of_every_rule_is_found(rule):
    example = rule.examples[0]
    sentence = f"Ils sont partis {example}."
    found = annotate(example, REFERENCE) or annotate(sentence, REFERENCE)
    assert found or rule.target in NEED_CONTEXT or rule.meaning in ("same_moment", "vague_past", "days_only_range", "weekday_abbreviation")
    for e in found:
        assert e.text in (example[e.start : e.end], sentence[e.start : e.end])


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity", "basis"),
    [
        ("Il a démissionné le 29 février dernier.", (2024, 2, 29), (2024, 3, 1), "day", "relative"),
        ("L'accord a été signé en octobre 2023.", (2023, 10, 1), (2023, 11, 1), "month", "explicit"),
        ("Elle a quitté le groupe mercredi.", (2024, 2, 28), (2024, 2, 29), "day", "relative"),
        ("La réunion aura lieu mercredi.", (2024, 3, 6), (2024, 3, 7), "day", "relative"),
        ("Il s'est engagé en novembre à investir.", (2023, 11, 1), (2023, 12, 1), "month", "relative"),
        ("Les travaux s'achèveront à l'automne 2025.", (2025, 9, 1), (2025, 12, 1), "season", "explicit"),
        ("Début 2022, il dirigeait la banque.", (2022, 1, 1), (2022, 5, 1), "approx", "explicit"),
        ("Le chiffre du deuxième trimestre 2023 a déçu.", (2023, 4, 1), (2023, 7, 1), "quarter", "explicit"),
        ("Entre 2015 et 2018, il siégeait au conseil.", (2015, 1, 1), (2019, 1, 1), "approx", "explicit"),
        ("Du 3 au 5 mai 2021, le salon a fermé.", (2021, 5, 3), (2021, 5, 6), "approx", "explicit"),
        ("Dans les années 1990, tout a changé.", (1990, 1, 1), (2000, 1, 1), "decade", "explicit"),
        ("Il rentrera à Noël.", (2024, 12, 25), (2024, 12, 26), "day", "relative"),
        ("Il est arrivé hier soir.", (2024, 3, 4), (2024, 3, 5), "day", "relative"),
        ("La société a été vendue en 2022 pour 44 milliards.", (2022, 1, 1), (2023, 1, 1), "year", "explicit"),
        ("Le club a signé en juin un contrat.", (2023, 6, 1), (2023, 7, 1), "month", "relative"),
    ],
)
def test_values(text, start, end, granularity, basis):
    (found,) = [e for e in annotate(text, REFERENCE) if e.interval]
    assert (found.interval, found.granularity, found.basis) == (Interval(date(*start), date(*end)), granularity, basis)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "Sam Altman a parlé.",
        "Il rêve d'une ville sur Mars.",
        "Cela ne date pas d'hier.",
        "Un suivi en temps réel.",
        "Le rapport compte 2000 pages.",
        "Limogé après sept défaites de rang.",
        "Le dossier 3:24-cv-04722 est ouvert.",
        "Noël Mamère a plaidé.",
        "Le Journal du Dimanche l'affirme.",
    ],
)
def test_what_only_looks_like_a_date_is_left(text):
    assert [e.text for e in annotate(text, REFERENCE) if e.interval] == []


def test_without_a_reference_relative_dates_stay_unresolved_but_recorded():
    (found,) = annotate("Il est parti hier.", None)
    assert found.text == "hier" and found.interval is None and found.basis == "relative"


def test_dates_count_from_the_last_one_of_the_story():
    first, second = annotate("Le 3 juin 2019, il est élu. Deux jours plus tard, il démissionne.", REFERENCE)
    assert first.value_start == date(2019, 6, 3)
    assert (second.value_start, second.basis) == (date(2019, 6, 5), "anaphoric")


def test_durations_and_sets_are_no_dates():
    kinds = {e.text: (e.kind, e.interval) for e in annotate("Pendant trois ans, il y allait chaque lundi.", REFERENCE)}
    assert {k for k, _ in kinds.values()} == {"duration", "set"}
    assert all(interval is None for _, interval in kinds.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A date at the head of a sentence sets the year of what follows; one inside a clause does not.
        ("En 2016, la banque a licencié. En mars, elle a fermé son agence, puis le 3 juin, elle a vendu.", ["2016-03-01", "2016-06-03"]),
        ("Il a été arrêté le 3 juin 2021 à Pau. Le 5 août, il a été libéré.", ["2021-08-05"]),
        ("Condamné en 2016, le groupe a été racheté en février.", ["2024-02-01"]),
        ("La société a été fondée en 1998. Son directeur a démissionné en octobre.", ["2023-10-01"]),
        ("En 2016, la banque a licencié. Elle fermera son agence en juin.", ["2024-06-01"]),
        ("En 2016, la banque a licencié.\nEn janvier, le patron est parti.", ["2024-01-01"]),
        ("En 2016, elle a vendu. « Nous avons attendu en janvier », dit-il.", ["2024-01-01"]),
        # « de la même année » says it itself.
        ("Son procès s'est ouvert le 3 juin 2021. Il a été condamné le 5 août de la même année.", ["2021-08-05"]),
        ("Elle naît en mars 2019 et ferme en octobre de cette année-là.", ["2019-10-01"]),
    ],
)
def test_the_year_of_the_narrative(text, expected):
    found = [str(e.value_start) for e in annotate(text, REFERENCE) if e.interval]
    assert found[1:] == expected


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("L'association, déboutée en juin de sa demande, saisira la cour.", date(2023, 6, 1)),
        ("Le maire, élu en août, a démissionné.", date(2023, 8, 1)),
        ("La loi sera promulguée en octobre.", date(2024, 10, 1)),
        ("Une réunion est prévue en août.", date(2024, 8, 1)),
        ("Dès samedi, le maire a réagi.", date(2024, 3, 2)),
        ("Il a porté plainte dès samedi.", date(2024, 3, 2)),
        ("Il comparaît dès lundi.", date(2024, 3, 11)),
        ("Il a reçu le ministre dès samedi.", date(2024, 3, 2)),
        ("Elle s'est dite prête à rouvrir dès l'automne.", date(2024, 9, 1)),
    ],
)
def test_the_tense_decides_between_past_and_future(text, start):
    assert [e.value_start for e in annotate(text, REFERENCE) if e.interval] == [start]
