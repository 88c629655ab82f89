"""The language service: packs, analysis, prefilter, frames."""

import pytest

from corpus_etl import language
from corpus_etl.errors import ConfigurationError
from corpus_etl.language import Prefilter

TEXT = (
    "Le tribunal de Lyon a condamné Jean Martin à deux ans de prison.\n"
    "Il fera appel, a dit son avocate. La météo est belle. Airbus a racheté un sous-traitant jeudi."
)


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="fr"):
        language.load("xx")


def test_subject_object_and_names() -> None:
    (document,) = language.load("fr").analyse([("a", TEXT)])
    first, *_, last = document.sentences
    verb = next(t for t in first.tokens if t.lemma == "condamner")
    relations = {t.deprel: t.text for t in first.children(verb.i)}
    assert verb.deprel == "root"
    assert relations["nsubj"] == "tribunal"
    assert relations["obj"] == "Jean"
    assert [t.text for t in first.tokens if t.entity == "person"] == ["Jean", "Martin"]
    assert {t.text for t in first.subtree(verb.i)} == {t.text for t in first.tokens}
    assert any(t.text == "Airbus" and t.entity == "organization" for t in last.tokens)


def test_the_result_does_not_depend_on_the_batch() -> None:
    analyser = language.load("fr")
    pairs = [("a", TEXT), ("b", "Elle part."), ("c", TEXT[::-1]), ("d", "")]
    together = list(analyser.analyse(pairs))
    alone = [next(analyser.analyse([p])) for p in pairs]
    assert together == alone


def test_the_prefilter_leaves_other_sentences_unparsed() -> None:
    (document,) = language.load("fr").analyse([("a", TEXT)], Prefilter(("rachet",), context=0))
    parsed = [s.parsed for s in document.sentences]
    assert parsed == [True, True, False, True]
    (document,) = language.load("fr").analyse([("a", TEXT)], Prefilter(("guerre",)))
    assert not any(s.parsed for s in document.sentences)


def test_frames_keep_the_analysis() -> None:
    documents = list(language.load("fr").analyse([("a", TEXT), ("b", "😀 É’é")]))
    sentences, tokens = language.to_frames(documents)
    assert list(language.from_frames(sentences, tokens, {d.doc_id: d.text for d in documents})) == documents


def test_a_sentence_without_end_is_analysed_in_pieces() -> None:
    text = "le chat et " * 3_000
    (document,) = language.load("fr").analyse([("a", text)])
    assert sum(len(s.tokens) for s in document.sentences) == 9_000


def test_capitals_without_accents_have_their_lemma() -> None:
    (document,) = language.load("fr").analyse([("a", "LE MINISTRE DEMISSIONNE APRES LE VOTE")])
    lemmas = {t.text: t.lemma for t in document.sentences[0].tokens}
    assert lemmas["DEMISSIONNE"] == "démissionner"
    assert lemmas["APRES"] == "après"


def test_forms_of_a_lemma() -> None:
    assert {"condamne", "condamnée", "condamnèrent"} <= set(language.forms("fr", "condamner"))
    assert language.forms("fr", "zzz") == ["zzz"]
