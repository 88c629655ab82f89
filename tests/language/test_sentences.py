"""Sentence boundaries: by rule, on crawled text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl.language import split_sentences


def _split(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Il part.| Elle reste.",
        "L'IA inquiète l'ONU.|Un rapport le dit.",
        "C'est fait depuis 2019.|Depuis, rien.",
        "M. Dupont et Mme J. Martin ont signé.| Le 3 mai, ils partent.",
        "« C'est faux. »| Il a nié.",
        "Il a dit « non ».|Elle a dit oui.",
        "Vraiment ?| Oui !| Non…| Peut-être.",
        '"Non !" a-t-il dit.| "Oui", dit-elle.',
        "Il rentre à la maison.| puis il ressort.",
        "Un titre sans point\n|Le texte commence.\r\n\r\n|Il finit.",
        "Le prix est de 30 F.| Le double d'hier.",
        "Il cite (...) Les gens (etc.) et s'en va.",
        "L'O.N.U. a voté.| La France aussi.",
        "Les points sont :| - un ;| - deux.",
    ],
)
def test_boundaries(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert _split(text.replace("|", "")) == expected


@given(
    st.text(st.sampled_from("aB .!?…«»\"'’\n\r\u00a0\u2028é1,:-–•()[]"), max_size=60) | st.text(max_size=40)
)
def test_sentences_are_ordered_and_leave_only_space_out(text: str) -> None:
    spans = split_sentences(text)
    covered = 0
    for start, end in spans:
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        assert text[start:end] == text[start:end].strip()
        covered = end
    assert not text[covered:].strip()


def test_time_is_linear_in_hostile_text() -> None:
    for piece in (".", '"', "« ", ". »", "A.", " ", "a" * 50, "...”) "):
        split_sentences(piece * 60_000)


def test_hand_checked_boundaries(shared: Path) -> None:
    gold = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
    lines = (shared / "corpora" / "est-republicain.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {f"est-republicain/{d['id']}": d["text"] for d in map(json.loads, lines)}
    texts |= {
        f"seeds/{p.name}": p.read_text(encoding="utf-8") for p in (shared / "corpora" / "seeds").glob("*.txt")
    }
    right = found = wanted = 0
    for key, spans in gold.items():
        expected = {tuple(s) for s in spans}
        got = set(split_sentences(texts[key]))
        right, found, wanted = right + len(expected & got), found + len(got), wanted + len(expected)
    assert wanted >= 200
    assert 2 * right / (found + wanted) >= 0.97
