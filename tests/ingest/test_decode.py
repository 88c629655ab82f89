"""Raw bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_etl.ingest import Undecodable, decode

FRENCH = "L’été dernier, « Élodie » a déposé plainte à Besançon : coût 3 000 €, cœur brisé."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_french_are_recognised(encoding: str) -> None:
    text, name = decode(FRENCH.encode(encoding))
    assert text == FRENCH
    assert name == encoding


def test_latin_1_reads_the_same_as_cp1252() -> None:
    text = "Déposée à Besançon, la requête a été rejetée."
    assert decode(text.encode("latin-1"))[0] == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x81\x8d\x90" * 40, "undecodable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02\xff" * 99, "binary"),
        ("Une plainte a été déposée à Sète, près de là".encode() + b"\xff\xfe fin", "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(data)
    assert caught.value.reason == reason
    assert caught.value.detail


@given(st.text(min_size=1).filter(lambda t: t.strip() and not any(ord(c) < 32 or ord(c) == 127 for c in t)))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    if text.startswith("\ufeff"):
        return
    decoded, encoding = decode(text.encode())
    assert (decoded, encoding) == (text, "utf-8")


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Undecodable as error:
        assert error.reason in {"empty", "binary", "undecodable"}
    else:
        assert data.decode(encoding) == text
