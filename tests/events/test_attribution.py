"""Sources of statements in hand-parsed documents, and quotations of plain text."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "entities"))
import itertools

from parsed import document

from corpus_etl.entities import Gazetteer, resolve
from corpus_etl.events.attribution import attribute
from corpus_etl.language.quotations import find_quotations

FIN = "Mood=Ind|Tense=Pres|VerbForm=Fin"


def sources(rows):
    """The token marked with * and who asserts it."""
    lines = list(rows.strip().splitlines())
    flat, sentence, token = [], 0, 0
    place = None
    for line in lines:
        if not line.strip():
            sentence, token = sentence + 1, 0
        else:
            if line.startswith("*"):
                place = sentence, token
            token += 1
        flat.append(line.removeprefix("*"))
    doc = document("\n".join(flat))
    found = attribute(doc, resolve(doc, Gazetteer.load("fr"))).of(*place)
    if found:
        assert doc.text[found.start : found.end] == found.text
    return found


def test_clause_of_a_reporting_verb():
    found = sources(
        f"""
Sam Sam PROPN 3 nsubj person
Altman Altman PROPN 1 flat:name person
affirme affirmer VERB 0 root {FIN}
que que SCONJ 6 mark
Microsoft Microsoft PROPN 6 nsubj
*rachète racheter VERB 3 ccomp {FIN}
Nvidia Nvidia PROPN 6 obj
. . PUNCT 3 punct
"""
    )
    assert found.entity.name == "Sam Altman"
    assert found.text == "Sam Altman affirme"


def test_the_verb_of_speech_is_the_narrators():
    assert (
        sources(
            f"""
Apple Apple PROPN 2 nsubj
*accuse accuser VERB 0 root {FIN}
Google Google PROPN 2 obj
. . PUNCT 2 punct
"""
        )
        is None
    )


def test_content_of_an_accusation_and_of_a_threat():
    rows = f"""
Apple Apple PROPN 2 nsubj
accuse accuser VERB 0 root {FIN}
Google Google PROPN 2 obj
d' de ADP 6 mark
avoir avoir AUX 6 aux:tense VerbForm=Inf
*copié copier VERB {{}} Tense=Past|VerbForm=Part
. . PUNCT 2 punct
"""
    assert sources(rows.format("2 xcomp")).entity.name == "Apple"
    assert sources(rows.format("3 acl")).entity.name == "Apple"


@pytest.mark.parametrize("marker", ["Selon selon ADP 2 case", "Pour pour ADP 2 case"])
def test_source_phrases(marker):
    found = sources(
        f"""
{marker}
Greenpeace Greenpeace PROPN 6 obl:mod
, , PUNCT 2 punct
l' le DET 5 det
usine usine NOUN 6 nsubj
*ferme fermer VERB 0 root {FIN}
. . PUNCT 6 punct
"""
    )
    assert found.entity.name == "Greenpeace"


def test_parenthesis_with_inverted_subject():
    found = sources(
        f"""
L' le DET 2 det
usine usine NOUN 3 nsubj
*ferme fermer VERB 0 root {FIN}
, , PUNCT 5 punct
explique expliquer VERB 3 parataxis {FIN}
Greenpeace Greenpeace PROPN 5 nsubj
. . PUNCT 3 punct
"""
    )
    assert found.entity.name == "Greenpeace"


def test_quotation_over_two_sentences():
    found = sources(
        f"""
« « PUNCT 3 punct
L' le DET 3 det
usine usine NOUN 4 nsubj
ferme fermer VERB 0 root {FIN}
. . PUNCT 4 punct

Nous nous PRON 2 nsubj
*licencions licencier VERB 0 root {FIN}
les le DET 4 det
ouvriers ouvrier NOUN 2 obj
» » PUNCT 2 punct
, , PUNCT 7 punct
regrette regretter VERB 2 parataxis {FIN}
Carlos Carlos PROPN 7 nsubj person
Ghosn Ghosn PROPN 8 flat:name person
. . PUNCT 2 punct
"""
    )
    assert found.entity.name == "Carlos Ghosn"


def test_owner_of_a_document_that_speaks():
    found = sources(
        f"""
Elon Elon PROPN 3 nsubj person
Musk Musk PROPN 1 flat:name person
insiste insister VERB 0 root {FIN}
. . PUNCT 3 punct

Sa son DET 2 det Poss=Yes
plainte plainte NOUN 3 nsubj
affirme affirmer VERB 0 root {FIN}
que que SCONJ 6 mark
OpenAI OpenAI PROPN 6 nsubj
*ment mentir VERB 3 ccomp {FIN}
. . PUNCT 3 punct
"""
    )
    assert found.entity.name == "Elon Musk"


def test_a_source_without_a_name_is_an_entity_of_the_document():
    found = sources(
        f"""
Selon selon ADP 3 case
l' le DET 3 det
intersyndicale intersyndicale NOUN 6 obl:mod Gender=Fem|Number=Sing
, , PUNCT 3 punct
tous tout PRON 6 nsubj
*débrayent débrayer VERB 0 root {FIN}
. . PUNCT 6 punct
"""
    )
    assert found.entity.name == "intersyndicale" and found.entity.wikidata_id is None


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Il dit : « Non. Jamais. » Puis part.", [" Non. Jamais. "]),
        ('Il dit "oui" et "non".', ["oui", "non"]),
        ("Une “fausse” fin « ouverte", ["fausse"]),
        ("« La structure« , écrivait-il", [" La structure"]),
        ("rien", []),
    ],
)
def test_quotations(text, quoted):
    assert [text[q.start : q.end] for q in find_quotations(text)] == quoted


@given(st.text(alphabet='ab «»“”"\n.', max_size=80))
def test_quotations_lie_in_the_text_in_order(text):
    found = find_quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end < b.start for a, b in itertools.pairwise(found))
