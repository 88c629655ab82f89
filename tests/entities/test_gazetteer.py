"""The gazetteer: well formed, large, dated; aliases match where they should."""

import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl.entities import Gazetteer
from corpus_etl.errors import ConfigurationError


def names(gazetteer, text):
    return [(text[h.start : h.end], h.entry.name) for h in gazetteer.find(text)]


def test_it_is_large_and_its_ids_are_well_formed_and_unique(gazetteer):
    ids = [e.wikidata_id for e in gazetteer.entries.values() if e.wikidata_id]
    assert len(gazetteer.entries) > 1000
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"Q[1-9]\d*", i) for i in ids)
    assert all(e.source for e in gazetteer.entries.values())


def test_roles_do_not_end_before_they_begin(gazetteer):
    assert all(r.start is None or r.end is None or r.start < r.end for r in gazetteer.roles)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI et Open AI", [("OpenAI", "OpenAI"), ("Open AI", "OpenAI")]),
        ("d’Open AI", [("Open AI", "OpenAI")]),
        ("le sénat d’Elon MuskQuel est votre avis", [("Elon Musk", "Elon Musk")]),
        ("la Banque de France", [("Banque de France", "Banque de France")]),
        ("Air France-KLM a recruté", [("Air France-KLM", "Air France-KLM")]),
        ("un macron, des muskets, Applebee", []),
    ],
)
def test_aliases_match_whole_words_in_their_spelling(gazetteer, text, expected):
    assert names(gazetteer, text) == expected


def test_offices_are_dated(gazetteer):
    def holders(day):
        return gazetteer.holders("président", "place/etats-unis", day)
    assert holders(date(2015, 5, 1)) == ["person/barack-obama"]
    assert holders(date(2018, 5, 1)) == ["person/donald-trump"]
    assert holders(date(2023, 5, 1)) == ["person/joe-biden"]
    assert gazetteer.holders("président", "place/etats-unis", date(1950, 1, 1)) == []


def test_an_unknown_language_is_a_configuration_error():
    with pytest.raises(ConfigurationError):
        Gazetteer.load("xx")


@given(st.text(alphabet="OpenAI Musk'’-.«»\n\u00a0é", max_size=60))
def test_hits_lie_in_the_text_in_order_and_apart(text):
    hits = list(Gazetteer.load("fr").find(text))
    assert all(0 <= h.start < h.end <= len(text) for h in hits)
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))
