"""Names, descriptions and pronouns of hand-parsed documents."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from parsed import document

from corpus_etl.entities import resolve


def who(index, sentence, token):
    mention = index.at(sentence, token)
    return mention.entity.name if mention and mention.entity else None


MUSK = """
Elon Elon PROPN 3 nsubj person
Musk Musk PROPN 1 flat:name person
quitte quitter VERB 0 root
OpenAI OpenAI PROPN 3 obj
. . PUNCT 3 punct
"""


def test_offsets_reproduce_the_words(gazetteer):
    doc = document(MUSK)
    index = resolve(doc, gazetteer)
    assert {m.text for m in index.mentions} == {"Elon Musk", "OpenAI"}
    assert all(doc.text[m.start : m.end] == m.text for m in index.mentions)
    assert [e.wikidata_id for e in index.entities] == ["Q21708200", "Q317521"]


def test_pronoun_possessive_and_role_noun(gazetteer):
    doc = document(
        MUSK
        + """
Le le DET 2 det Definite=Def
milliardaire milliardaire NOUN 3 nsubj Gender=Masc|Number=Sing
accuse accuser VERB 0 root
l' le DET 5 det Definite=Def
entreprise entreprise NOUN 3 obj Gender=Fem|Number=Sing
. . PUNCT 3 punct

Il il PRON 2 nsubj Gender=Masc|Number=Sing
retire retirer VERB 0 root
sa son DET 4 det Poss=Yes
plainte plainte NOUN 2 obj Gender=Fem|Number=Sing
. . PUNCT 2 punct
"""
    )
    index = resolve(doc, gazetteer)
    assert who(index, 1, 1) == "Elon Musk"
    assert who(index, 1, 4) == "OpenAI"
    assert who(index, 2, 0) == who(index, 2, 2) == "Elon Musk"
    assert index.at(1, 1).resolution == "role_noun"
    assert index.at(2, 0).resolution == "pronoun"


def test_apposition_tells_an_office(gazetteer):
    doc = document(
        """
Paule Paule PROPN 7 nsubj person
Ravier Ravier PROPN 1 flat:name person
, , PUNCT 4 punct
patronne patron NOUN 1 appos Gender=Fem|Number=Sing
de de ADP 6 case
Novatel Novatel PROPN 4 nmod organization
démissionne démissionner VERB 0 root
. . PUNCT 7 punct

La le DET 2 det Definite=Def
patronne patron NOUN 3 nsubj Gender=Fem|Number=Sing
part partir VERB 0 root
. . PUNCT 3 punct
"""
    )
    index = resolve(doc, gazetteer)
    assert who(index, 1, 1) == "Paule Ravier"
    assert who(index, 0, 3) == "Paule Ravier"


def test_dated_office_of_the_gazetteer(gazetteer):
    rows = """
Le le DET 2 det Definite=Def
président président NOUN 4 nsubj Gender=Masc|Number=Sing
américain américain ADJ 2 amod
promulgue promulguer VERB 0 root
la le DET 6 det
loi loi NOUN 4 obj
. . PUNCT 4 punct
"""
    assert who(resolve(document(rows), gazetteer, date(2014, 3, 1)), 0, 1) == "Barack Obama"
    assert who(resolve(document(rows), gazetteer, date(2022, 3, 1)), 0, 1) == "Joe Biden"


def test_impersonal_il_is_nobody(gazetteer):
    doc = document(
        MUSK
        + """
Il il PRON 2 nsubj Gender=Masc|Number=Sing
faut falloir VERB 0 root
partir partir VERB 2 xcomp VerbForm=Inf
. . PUNCT 2 punct
"""
    )
    assert who(resolve(doc, gazetteer), 1, 0) is None


def test_relative_pronoun_stands_for_its_antecedent_even_without_a_name(gazetteer):
    doc = document(
        """
Un un DET 2 det
homme homme NOUN 7 nsubj:pass Gender=Masc|Number=Sing
qui qui PRON 4 nsubj PronType=Rel
fuyait fuir VERB 2 acl:relcl
a avoir AUX 7 aux:tense
été être AUX 7 aux:pass
arrêté arrêter VERB 0 root VerbForm=Part|Tense=Past
. . PUNCT 7 punct
"""
    )
    index = resolve(doc, gazetteer)
    mention = index.at(0, 2)
    assert mention.entity is None and mention.text == "homme" and mention.resolution == "none"


def test_namesakes_stay_apart_and_a_bare_surname_is_left_open(gazetteer):
    doc = document(
        """
Jean Jean PROPN 3 nsubj person
Durand Durand PROPN 1 flat:name person
rencontre rencontrer VERB 0 root
Luc Luc PROPN 3 obj person
Durand Durand PROPN 4 flat:name person
. . PUNCT 3 punct

Durand Durand PROPN 2 nsubj person
signe signer VERB 0 root
. . PUNCT 2 punct
"""
    )
    index = resolve(doc, gazetteer)
    assert who(index, 0, 0) == "Jean Durand" and who(index, 0, 3) == "Luc Durand"
    assert who(index, 1, 0) not in ("Jean Durand", "Luc Durand")


def test_surname_and_bracketed_acronym_are_aliases(gazetteer):
    doc = document(
        """
Lina Lina PROPN 3 nsubj person
Morvan Morvan PROPN 1 flat:name person
préside présider VERB 0 root
l' le DET 5 det
Union Union PROPN 3 obj organization
Sportive Sportif PROPN 5 flat:name organization
Nantaise Nantais PROPN 5 flat:name organization
( ( PUNCT 9 punct
USN USN PROPN 5 appos organization
) ) PUNCT 9 punct
. . PUNCT 3 punct

Morvan Morvan PROPN 2 nsubj person
quitte quitter VERB 0 root
l' le DET 4 det
USN USN PROPN 2 obj organization
. . PUNCT 2 punct
"""
    )
    index = resolve(doc, gazetteer)
    assert who(index, 1, 0) == "Lina Morvan"
    assert index.at(1, 0).resolution == "alias"


def test_ils_stands_for_coordinated_people(gazetteer):
    doc = document(
        """
Sam Sam PROPN 6 nsubj person
Altman Altman PROPN 1 flat:name person
et et CCONJ 4 cc
Elon Elon PROPN 1 conj person
Musk Musk PROPN 4 flat:name person
fondent fonder VERB 0 root
OpenAI OpenAI PROPN 6 obj
. . PUNCT 6 punct

Ils il PRON 3 nsubj Gender=Masc|Number=Plur
se se PRON 3 expl:pv
brouillent brouiller VERB 0 root
. . PUNCT 3 punct
"""
    )
    index = resolve(doc, gazetteer)
    assert {m.entity.name for m in index.all_at(1, 0)} == {"Sam Altman", "Elon Musk"}


def test_sentences_without_tokens_are_passed_over(gazetteer):
    from corpus_etl.language import AnalysedDocument, Sentence

    doc = AnalysedDocument("d1", "Rien à voir.", (Sentence(0, 0, 12, ()),))
    assert resolve(doc, gazetteer).mentions == ()


def test_a_court_is_named_with_its_place_and_is_no_company(gazetteer):
    doc = document(
        """
Le le DET 2 det Definite=Def
tribunal tribunal NOUN 5 nsubj Gender=Masc|Number=Sing
de de ADP 4 case
Nancy Nancy PROPN 2 nmod place
condamne condamner VERB 0 root
Tesla Tesla PROPN 5 obj
. . PUNCT 5 punct

La le DET 2 det Definite=Def
société société NOUN 3 nsubj Gender=Fem|Number=Sing
proteste protester VERB 0 root
. . PUNCT 3 punct
"""
    )
    index = resolve(doc, gazetteer)
    assert who(index, 0, 1) == "tribunal de Nancy"
    assert who(index, 1, 1) == "Tesla"


def test_owned_groups_are_named_by_their_owner(gazetteer):
    doc = document(
        """
OpenAI OpenAI PROPN 2 nsubj
consulte consulter VERB 0 root
ses son DET 4 det Poss=Yes
investisseurs investisseur NOUN 2 obj Gender=Masc|Number=Plur
. . PUNCT 2 punct
"""
    )
    assert who(resolve(doc, gazetteer), 0, 3) == "investisseurs d'OpenAI"
