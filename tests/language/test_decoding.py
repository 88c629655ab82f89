"""The best tree, against trying all."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_etl.language.decoding import TagDecoder, heads_of


def _is_tree(heads: tuple[int, ...]) -> bool:
    if sum(h == -1 for h in heads) != 1:
        return False
    for node in range(len(heads)):
        seen = set()
        while node != -1:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node]
    return True


@given(st.integers(1, 4), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_heads_are_a_tree_and_near_the_best(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32) * 3
    heads = tuple(heads_of(scores))
    assert _is_tree(heads)

    def value(found: tuple[int, ...]) -> float:
        return float(sum(scores[i, h + 1] for i, h in enumerate(found)))

    root = heads.index(-1)
    same_root = [t for t in product(range(-1, size), repeat=size) if _is_tree(t) and t.index(-1) == root]
    assert value(heads) >= max(map(value, same_root)) - 1e-4


@given(st.integers(1, 80), st.integers(0, 1_000))
@settings(max_examples=30, deadline=None)
def test_long_sentences_have_a_tree(size: int, seed: int) -> None:
    assert _is_tree(
        tuple(heads_of(np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)))
    )


@given(st.integers(1, 12), st.integers(0, 1_000))
def test_a_name_begins_before_it_goes_on(size: int, seed: int) -> None:
    tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
    found = TagDecoder(tags)(np.random.default_rng(seed).normal(size=(size, 5)).astype(np.float32))
    previous = "O"
    for tag in (tags[t] for t in found):
        assert tag[0] != "I" or previous[2:] == tag[2:]
        previous = tag
