"""Tokens: every character of any text is kept in its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_etl import language
from corpus_etl.language.component import RuleTokenizer
from corpus_etl.language.tokenizer import normalise, tokenize

_ANY = st.text(
    st.characters(codec=None)
    | st.sampled_from(
        list(
            "aeéœA'’ʼ-‑.,;:!?…«»“”\"()[]/@#0123456789 \u00a0\u202f\n\t\r\x00\x0b\u200d\ufe0f\u0301😀👩🏽\u2028"
        )
    ),
    max_size=60,
)


@given(_ANY)
def test_tokens_cover_all_but_space(text: str) -> None:
    covered = 0
    for start, end in tokenize(text):
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        assert text[start:end].strip()
        covered = end
    assert not text[covered:].strip()


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_a_doc_gives_its_text_back(text: str) -> None:
    from spacy.vocab import Vocab

    assert RuleTokenizer(Vocab(), "fr")(text).text == text


@given(_ANY)
def test_the_form_seen_by_the_model_has_the_same_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=120), max_size=3))
@settings(max_examples=25, deadline=None)
def test_offsets_of_the_analysis_are_those_of_the_source(texts: list[str]) -> None:
    pairs = [(str(i), t) for i, t in enumerate(texts)]
    documents = list(language.load("fr").analyse(pairs))
    assert [(d.doc_id, d.text) for d in documents] == pairs
    for document in documents:
        covered = 0
        for sentence in document.sentences:
            for token in sentence.tokens:
                assert document.text[token.start : token.end] == token.text
                assert sentence.start <= token.start < token.end <= sentence.end
                assert not document.text[covered : token.start].strip()
                assert 0 <= token.head < len(sentence.tokens)
                covered = token.end
        assert not document.text[covered:].strip()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("L’IA.Un tournant", "L’ IA . Un tournant"),
        ("Aujourd’hui, jusqu’à 18h30", "Aujourd’hui , jusqu’ à 18 h 30"),
        ("A-t-il dit qu'elle vient ?", "A -t-il dit qu' elle vient ?"),
        ("Donnez-lui 1 250,5 euros", "Donnez -lui 1 250,5 euros"),
        ("M. Jean-Luc Roux, P.-D.G. d'Airbus", "M. Jean-Luc Roux , P.-D.G. d' Airbus"),
        ("« oui », etc.", "« oui » , etc."),
        ("vers 2019.Depuis", "vers 2019 . Depuis"),
        (
            "voir https://exemple.fr/a?b=c, puis lemonde.fr.",
            "voir https://exemple.fr/a?b=c , puis lemonde.fr .",
        ),
        ("un rendez-vous peut-être", "un rendez-vous peut-être"),
        ("le n° 12 à -3 °C", "le n° 12 à -3 °C"),
    ],
)
def test_french_tokens(text: str, tokens: str) -> None:
    found = [text[a:b] for a, b in tokenize(text)]
    assert " ".join(found) == tokens


def test_time_is_linear_in_hostile_text() -> None:
    for piece in ("a", "a-", "a'", "1 ", "1.", "A.", "@", "-", "a@", "www.", "é\u0301", "l'"):
        tokenize(piece * 50_000)
