"""Vectors of word forms, from a small table and from the pack's."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from corpus_etl.language.vectors import WordVectors, form_hash


@pytest.fixture
def small(tmp_path: Path) -> WordVectors:
    order = sorted(("Metz", "gare"), key=form_hash)
    np.savez(
        tmp_path / "v.npz",
        keys=np.array([form_hash(w) for w in order], dtype=np.uint32),
        rows=np.array([0 if w == "Metz" else 1 for w in order], dtype=np.uint16),
        table=np.array([[10, -20], [127, 0]], dtype=np.int8),
        scale=np.array([0.1, 0.5], dtype=np.float32),
    )
    return WordVectors(tmp_path / "v.npz")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Metz", [1.0, -10.0, 1.0]),
        ("METZ", [1.0, -10.0, 1.0]),  # a headline in capitals
        ("Gare", [12.7, 0.0, 1.0]),  # the first word of a sentence
        ("Verkoris", [0.0, 0.0, 0.0]),
        ("", [0.0, 0.0, 0.0]),
    ],
)
def test_a_form_is_found_in_another_case_or_not_at_all(
    small: WordVectors, form: str, expected: list[float]
) -> None:
    np.testing.assert_allclose(small.of(form), expected, rtol=1e-6)


def test_words_of_a_kind_are_near_in_the_pack() -> None:
    table = WordVectors(
        Path(str(files("corpus_etl") / "packs" / "fr" / "model" / "analysis" / "vectors.npz"))
    )

    def near(a: str, b: str) -> float:
        x, y = table.of(a)[:-1], table.of(b)[:-1]
        return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))

    assert near("Lyon", "Marseille") > 0.5 > near("Lyon", "plainte")
    assert near("syndicat", "grève") > near("syndicat", "Lyon")
