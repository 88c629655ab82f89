"""Names are put into shape: what no name can be or end with is taken off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl.language.names import shaped

TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-MISC", "I-MISC"]
CLOSING = frozenset(("GmbH", "Ltd", "SE", "SA"))
PARTS = {"la": "DET", "des": "DET", "de": "ADP", "et": "CCONJ", "le": "DET"}


def names(words: str, kind: str, first: int = 0, end: int | None = None) -> list[str]:
    """What is left of the name that `words[first:end]` were tagged as."""
    forms = words.split()
    end = len(forms) if end is None else end
    best = [0] * len(forms)
    best[first:end] = [TAGS.index(f"{'B' if k == first else 'I'}-{kind}") for k in range(first, end)]
    found = shaped(best, TAGS, forms, [PARTS.get(f, "PROPN") for f in forms], CLOSING)
    assert len(found) == len(forms)
    return [f for f, tag in zip(forms, found, strict=True) if tag]


@pytest.mark.parametrize(
    ("words", "kind", "left"),
    [
        ("Bardin ( transporteur", "ORG", "Bardin"),
        ("Bardin ( BTP )", "ORG", "Bardin ( BTP )"),
        ("Bardin ) Lyon", "ORG", "Bardin"),
        ("Norda GmbH Hauptstraße", "ORG", "Norda GmbH"),
        ("Norda GmbH & Co", "ORG", "Norda GmbH & Co"),
        ("SA Norda", "ORG", "SA Norda"),
        ("Norda S.A. Lyon", "ORG", "Norda S.A."),
        ("Norda se retire", "ORG", "Norda se retire"),
        ("Norda SE , Lyon", "ORG", "Norda SE"),
        ("Fondation Sa Majesté", "ORG", "Fondation Sa Majesté"),
        ("Norda ( a ( b )", "ORG", "Norda"),
        ("Norda ( a ) ) b", "ORG", "Norda ( a )"),
        ("Norda des", "ORG", "Norda"),
        ("Pierre …", "PER", "Pierre"),
        ("Marie de la", "PER", "Marie"),
        ("Partir et", "MISC", "Partir et"),
        ("médecins", "ORG", ""),
        ("médecins du Monde", "ORG", "médecins du Monde"),
    ],
)
def test_what_is_left_of_a_name(words: str, kind: str, left: str) -> None:
    assert names(words, kind) == left.split()


def test_the_name_beside_it_is_left_alone() -> None:
    forms = ["Norda", "des", "Bardin"]
    found = shaped([3, 4, 3], TAGS, forms, ["PROPN", "DET", "PROPN"], CLOSING)
    assert found == [3, 0, 3]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(range(len(TAGS))),
            st.sampled_from(["Ab", "cd", "(", ")", "de", ",", "SE", "…"]),
            st.sampled_from(["PROPN", "ADP", "PUNCT"]),
        ),
        max_size=12,
    )
)
def test_tags_are_only_taken_away_and_from_the_end(words: list[tuple[int, str, str]]) -> None:
    best = [w[0] for w in words]
    found = shaped(best, TAGS, [w[1] for w in words], [w[2] for w in words], CLOSING)
    assert all(f in (0, b) for f, b in zip(found, best, strict=True))
    for k in range(1, len(found)):
        if best[k] and TAGS[best[k]][0] == "I" and best[k - 1] and found[k]:
            assert found[k - 1] == best[k - 1]  # no name goes on behind a gap
