"""Which encoding a file of words is in, decided on samples of its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_BOMS_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ONE_BYTE = ("cp1252", "mac-roman", "cp850")
_FRENCH = frozenset("éèêëàâçùûôîïœæÉÈÊÀÂÇÔÎŒ«»’‘“”€…–—°\u00a0")
# Two-byte UTF-8 letters read as CP1252, the trace of a text encoded twice.
MOJIBAKE = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ\u009d“”¦]|Å“|Â[«»°\u00a0]")


@dataclass(frozen=True)
class Decoding:
    """``mojibake``: the cells were encoded twice and are mended one by one."""

    encoding: str
    mojibake: bool = False


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that do not fit the encoding are read as CP1252, what French offices type: no word is lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    text = "".join(_one_windows_byte(byte) for byte in bad)
    return text, error.end


def _one_windows_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


FALLBACK = "ecoute-windows"
codecs.register_error(FALLBACK, _as_windows)


def detect_encoding(samples: Iterable[bytes]) -> Decoding:
    """Takes slices of a file, its beginning first; UTF-8 is believed when nearly all of it decodes."""
    slices = list(samples)
    head = slices[0] if slices else b""
    for mark, name in (*_BOMS, *_BOMS_16):
        if head.startswith(mark):
            return Decoding(name)
    if wide := _utf16_without_mark(head):
        return Decoding(wide)
    data = b"\n".join(slices)
    if _mostly_utf8(data):
        return Decoding("utf-8", mojibake=_is_mojibake(data.decode("utf-8", "replace")))
    return Decoding(_one_byte_encoding(data))


def _utf16_without_mark(head: bytes) -> str:
    even, odd = head[0:4000:2].count(0), head[1:4000:2].count(0)
    pairs = max(1, len(head[:4000]) // 2)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * pairs and odd < 0.1 * pairs else ""


def _mostly_utf8(data: bytes) -> bool:
    wide = sum(1 for byte in data if byte >= 0xC0)
    if not any(byte >= 0x80 for byte in data):
        return True
    broken = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
    return broken <= max(3 if wide > 30 else 0, 0.02 * wide)


def _is_mojibake(text: str) -> bool:
    traces = len(MOJIBAKE.findall(text))
    letters = sum(text.count(letter) for letter in "éèàçêù")
    return traces >= 3 and traces > letters


def _one_byte_encoding(data: bytes) -> str:
    scores = {name: _plausibility(data, name) for name in _ONE_BYTE}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.5:
        return best
    found = from_bytes(data[:200_000]).best()
    return found.encoding if found else "cp1252"


def _plausibility(data: bytes, encoding: str) -> float:
    """Share of the accented letters and French signs among all characters outside ASCII."""
    outside = [c for c in data.decode(encoding, "replace") if c > "\x7f"]
    return sum(c in _FRENCH for c in outside) / len(outside) if outside else 0.0


def mend(cell: str) -> str:
    """A cell encoded twice, put right; unchanged when it was not."""
    if not MOJIBAKE.search(cell):
        return cell
    for encoding in ("cp1252", "latin-1"):
        try:
            return cell.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return MOJIBAKE.sub(lambda trace: _mend_trace(trace.group()), cell)


def _mend_trace(trace: str) -> str:
    try:
        return trace.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return trace
