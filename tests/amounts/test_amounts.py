"""Money, percentages, counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_etl.amounts import annotate


def _one(text):
    (found,) = [a for a in annotate(text) if a.currency or a.unit == "percent"]
    assert text[found.start : found.end] == found.text
    return found


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("Il a levé 6,6 milliards de dollars.", 6.6e9, "USD"),
        ("Une offre de 97,4 Md$ a été faite.", 97.4e9, "USD"),
        ("Une levée de 1,49 milliard d'euros.", 1.49e9, "EUR"),
        ("Il gagne 13 000 € par mois.", 13_000, "EUR"),
        ("Il gagne 13\u202f000\u00a0€ par mois.", 13_000, "EUR"),
        ("Un demi-million d'euros a disparu.", 500_000, "EUR"),
        ("Trois cents francs suisses.", 300, "CHF"),
        ("Une amende de deux millions de livres.", 2e6, "GBP"),
    ],
)
def test_money(text, value, currency):
    found = _one(text)
    assert (found.value, found.currency) == (pytest.approx(value), currency)


def test_a_range_has_bounds_and_no_value():
    found = _one("Il exige entre 50 et 60 % des parts.")
    assert (found.value, found.low, found.high, found.unit) == (None, 50, 60, "percent")


@pytest.mark.parametrize(
    ("text", "comparison"),
    [("plus de 10 millions d'euros", "more"), ("près de 10 millions d'euros", "about"), ("au moins 10 millions d'euros", "at_least")],
)
def test_comparisons_are_kept(text, comparison):
    assert _one(text).comparison == comparison


@pytest.mark.parametrize("text", ["Il a 45 ans.", "Le 12 mai 2024.", "Un appartement au 3e étage.", "Score final : 3-1."])
def test_other_numbers_are_no_money(text):
    assert not [a for a in annotate(text) if a.currency or a.unit == "percent"]


@given(st.text(alphabet="0123456789 ,.€$%millionsdeurtà–-\u202f", max_size=120))
@settings(max_examples=200, deadline=None)
def test_offsets(text):
    end = 0
    for a in annotate(text):
        assert text[a.start : a.end] == a.text and a.start >= end
        end = a.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deux virgule cinq milliards d'euros", 2.5e9),
        ("un million et demi d'euros", 1.5e6),
        ("trois millions et demi de dollars", 3.5e6),
        ("deux mille cinq cents euros", 2500),
        ("vingt et un millions d'euros", 21e6),
    ],
)
def test_numbers_in_words(text, value):
    assert _one(f"Il a versé {text} hier.").value == pytest.approx(value)


def test_percentages_in_words():
    found = _one("La taxe baisse de dix pour cent.")
    assert (found.text, found.value) == ("dix pour cent", 10)
