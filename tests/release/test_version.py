"""The version computed from the difference."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl.release.version import compute_bump, describe_schema, parse, raise_version


def manifest() -> dict[str, Any]:
    return {"schema": describe_schema(), "content": {"events": "a"}, "metadata_sha256": "m"}


def column(data: dict[str, Any], name: str = "factuality") -> dict[str, Any]:
    return data["schema"]["tables"]["events"]["columns"][name]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "bump"),
    [
        (lambda m: None, "none"),
        (lambda m: m.update(metadata_sha256="n"), "patch"),
        (lambda m: m["content"].update(events="b"), "minor"),
        (lambda m: m["schema"]["tables"]["events"]["columns"].update(new={"dtype": "String"}), "minor"),
        (lambda m: column(m)["values"].append("rumoured"), "minor"),
        (lambda m: column(m)["values"].remove("possible"), "major"),
        (lambda m: m["schema"]["tables"]["events"]["columns"].pop("label"), "major"),
        (lambda m: column(m, "label").update(dtype="Int64"), "major"),
        (lambda m: m["schema"]["tables"]["events"].update(key=["label"]), "major"),
        (lambda m: m["schema"].update(id_recipe=2), "major"),
    ],
)
def test_the_bump_follows_the_rule_of_the_contract(change: Any, bump: str) -> None:
    new = copy.deepcopy(manifest())
    change(new)
    assert compute_bump(manifest(), new) == bump


@given(st.tuples(*[st.integers(0, 99)] * 3), st.sampled_from(["major", "minor", "patch"]))
def test_a_raised_version_is_greater(numbers: tuple[int, int, int], bump: Any) -> None:
    version = ".".join(map(str, numbers))
    assert parse(raise_version(version, bump)) > parse(version)
