"""Factuality of hand-parsed sentences."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "entities"))
from parsed import document

from corpus_etl.events.factuality import FactualityCues, factuality

FIN = "Mood=Ind|Tense=Pres|VerbForm=Fin"
FUT = "Mood=Ind|Tense=Fut|VerbForm=Fin"
CND = "Mood=Cnd|Tense=Pres|VerbForm=Fin"
INF = "VerbForm=Inf"
PART = "Tense=Past|VerbForm=Part"

CASES = {
    "asserted: il quitte": ("Il il PRON 2 nsubj\n*quitte quitter VERB 0 root " + FIN, "asserted"),
    "negated: il ne quitte pas": (
        f"Il il PRON 3 nsubj\nne ne ADV 3 advmod\n*quitte quitter VERB 0 root {FIN}\npas pas ADV 3 advmod",
        "negated",
    ),
    "future: il quittera": (f"Il il PRON 2 nsubj\n*quittera quitter VERB 0 root {FUT}", "planned"),
    "hearsay: il aurait quitté": (
        f"Il il PRON 3 nsubj\naurait avoir AUX 3 aux:tense {CND}\n*quitté quitter VERB 0 root {PART}",
        "possible",
    ),
    "intention: il veut quitter": (
        f"Il il PRON 2 nsubj\nveut vouloir VERB 0 root {FIN}\n*quitter quitter VERB 2 xcomp {INF}",
        "planned",
    ),
    "denied intention: il ne veut pas quitter": (
        f"Il il PRON 3 nsubj\nne ne ADV 3 advmod\nveut vouloir VERB 0 root {FIN}\npas pas ADV 3 advmod\n"
        f"*quitter quitter VERB 3 xcomp {INF}",
        "negated",
    ),
    "refused: il refuse de vendre": (
        f"Il il PRON 2 nsubj\nrefuse refuser VERB 0 root {FIN}\nde de ADP 4 mark\n*vendre vendre VERB 2 xcomp {INF}",
        "negated",
    ),
    "achieved: il a réussi à vendre": (
        f"Il il PRON 3 nsubj\na avoir AUX 3 aux:tense {FIN}\nréussi réussir VERB 0 root {PART}\nà à ADP 5 mark\n"
        f"*vendre vendre VERB 3 xcomp {INF}",
        "asserted",
    ),
    "in vain: il a tenté, en vain, de vendre": (
        f"Il il PRON 3 nsubj\na avoir AUX 3 aux:tense {FIN}\ntenté tenter VERB 0 root {PART}\nen en ADP 5 case\n"
        f"vain vain ADV 3 advmod\nde de ADP 7 mark\n*vendre vendre VERB 3 xcomp {INF}",
        "negated",
    ),
    "without: il part sans payer": (
        f"Il il PRON 2 nsubj\npart partir VERB 0 root {FIN}\nsans sans ADP 4 mark\n*payer payer VERB 2 advcl {INF}",
        "negated",
    ),
    "reported: il dit qu'elle quitte": (
        f"Il il PRON 2 nsubj\ndit dire VERB 0 root {FIN}\nqu' que SCONJ 5 mark\nelle elle PRON 5 nsubj\n*quitte quitter VERB 2 ccomp {FIN}",
        "asserted",
    ),
    "condition: s'il quitte": (
        f"Il il PRON 2 nsubj\nrit rire VERB 0 root {FIN}\nsi si SCONJ 5 mark\nelle elle PRON 5 nsubj\n*quitte quitter VERB 2 advcl {FIN}",
        "possible",
    ),
    "could: il pourrait vendre": (
        f"Il il PRON 2 nsubj\npourrait pouvoir VERB 0 root {CND}\n*vendre vendre VERB 2 xcomp {INF}",
        "possible",
    ),
    "had to: il a dû vendre": (
        f"Il il PRON 3 nsubj\na avoir AUX 3 aux:tense {FIN}\ndû devoir VERB 0 root {PART}\n*vendre vendre VERB 3 xcomp {INF}",
        "asserted",
    ),
    "noun: projet de fusion": (
        "Le le DET 2 det\nprojet projet NOUN 0 root\nde de ADP 4 case\n*fusion fusion NOUN 2 nmod",
        "planned",
    ),
    "noun: aucun accord": (
        f"Aucun aucun DET 2 det\n*accord accord NOUN 5 nsubj:pass\nn' ne ADV 5 advmod\nest être AUX 5 aux:pass {FIN}\nsigné signer VERB 0 root {PART}",
        "negated",
    ),
    "noun: démentir un accord": (
        f"Il il PRON 2 nsubj\ndément démentir VERB 0 root {FIN}\nun un DET 4 det\n*accord accord NOUN 2 obj",
        "negated",
    ),
    "noun: déposera une plainte": (
        f"Il il PRON 2 nsubj\ndéposera déposer VERB 0 root {FUT}\nune un DET 4 det\n*plainte plainte NOUN 2 obj",
        "planned",
    ),
    "double negative: n'a pas tardé à vendre": (
        f"Il il PRON 5 nsubj\nn' ne ADV 5 advmod\na avoir AUX 5 aux:tense {FIN}\npas pas ADV 5 advmod\ntardé tarder VERB 0 root {PART}\n"
        f"à à ADP 7 mark\n*vendre vendre VERB 5 xcomp {INF}",
        "asserted",
    ),
    "question: a-t-il vendu ?": (
        f"Il il PRON 3 nsubj\na avoir AUX 3 aux:tense {FIN}\n*vendu vendre VERB 0 root {PART}\n? ? PUNCT 3 punct",
        "possible",
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_factuality(name):
    rows, expected = CASES[name]
    trigger = next(i for i, line in enumerate(rows.splitlines()) if line.startswith("*"))
    sentence = document(rows.replace("*", "")).sentences[0]
    assert factuality(sentence, trigger, FactualityCues.load("fr")) == expected
