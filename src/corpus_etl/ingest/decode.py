"""Raw bytes to source text: the decoding that all offsets refer to."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
_SAMPLE = 65_536
# Encodings of French text on the web, most frequent first; what the detector says must be one of them.
_WESTERN = {
    "cp1252",
    "latin_1",
    "iso8859_15",
    "cp1250",
    "mac_roman",
    "cp850",
    "iso8859_9",
    "cp1254",
    "cp437",
    "cp858",
}
# Bytes that no French text in cp1252 holds: unassigned code positions.
_UNASSIGNED_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Undecodable(Exception):
    """The bytes are no text: `reason` is empty, binary or undecodable, `detail` tells what was found."""

    reason: str
    detail: str


def decode(data: bytes) -> tuple[str, str]:
    """Decode `data`; returns (text, name of the encoding as Python knows it).

    A byte order mark decides; then UTF-8 is tried; then the encoding is detected from the bytes.
    Raises Undecodable for empty, binary and undecodable data.
    """
    if not data.strip():
        raise Undecodable("empty", f"{len(data)} bytes, no text")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_binary(data)
        return _detect(data, error)
    _refuse_binary(data)
    return text, "utf-8"


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(
            "undecodable", f"byte order mark of {encoding}, but {error.reason} at byte {error.start}"
        ) from None
    if not text.strip():
        raise Undecodable("empty", f"{len(data)} bytes, no text")
    return text


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    control = len(_CONTROL.findall(sample))
    if control > _MAX_CONTROL_SHARE * len(sample):
        raise Undecodable("binary", f"{control} control characters in the first {len(sample)} bytes")


def _detect(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    # A long valid UTF-8 prefix with a broken byte is damaged UTF-8, not another encoding.
    multibyte = sum(1 for b in data[: error.start] if b >= 0xC0)
    if multibyte >= 3:
        raise Undecodable(
            "undecodable", f"UTF-8 up to byte {error.start}, then {error.reason}: repair the file"
        )
    if not _UNASSIGNED_CP1252.search(data) and _looks_french(data.decode("cp1252")):
        return data.decode("cp1252"), "cp1252"
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding not in _WESTERN:
        guess = "none" if best is None else best.encoding
        raise Undecodable(
            "undecodable", f"not UTF-8 ({error.reason} at byte {error.start}); detected encoding: {guess}"
        )
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError as second:
        raise Undecodable("undecodable", f"{best.encoding}: {second.reason} at byte {second.start}") from None


_ACCENTED = re.compile(r"[éèêëàâäçîïôöûùüœÉÈÀÇŒ]")
_ODD = re.compile(r"[^\x00-\x7féèêëàâäçîïôöûùüœæÿÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆ«»“”‘’–—…€°£§ª²³·•\xa0ñáíóúãõßøåšžŠŽ¿¡]")


def _looks_french(text: str) -> bool:
    """True where the letters beyond ASCII are those of French and stand inside words."""
    accented = len(_ACCENTED.findall(text))
    return accented > 0 and len(_ODD.findall(text)) <= 0.02 * accented
