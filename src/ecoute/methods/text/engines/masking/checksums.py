"""Control keys of French and European identifiers. All take text, keep its letters and digits, and never raise."""

from __future__ import annotations

import re

_NOISE = re.compile(r"[^0-9A-Za-z]")


def compact(text: str) -> str:
    """Letters and digits alone, in capitals."""
    return _NOISE.sub("", text).upper()


def luhn(text: str) -> bool:
    """Luhn's formula over the digits (SIREN, SIRET, bank cards). La Poste's own SIRETs, which sum their digits to a
    multiple of 5 instead, are accepted too."""
    digits = compact(text)
    if not digits.isdigit():
        return False
    total = 0
    for i, char in enumerate(reversed(digits)):
        value = int(char) * (1 + i % 2)
        total += value - 9 if value > 9 else value
    if total % 10 == 0:
        return True
    return len(digits) == 14 and digits.startswith("356000000") and sum(map(int, digits)) % 5 == 0


def nir(text: str) -> bool:
    """Social security number of 15 characters: key = 97 − (number mod 97), Corsica's 2A and 2B read as 19 and 18."""
    value = compact(text)
    if len(value) != 15:
        return False
    department = {"2A": "19", "2B": "18"}.get(value[5:7], value[5:7])
    body = value[:5] + department + value[7:13]
    if not (body.isdigit() and value[13:].isdigit()):
        return False
    return 97 - int(body) % 97 == int(value[13:])


def iban(text: str) -> bool:
    """ISO 13616: the four first characters moved to the end, letters read as 10–35, mod 97 equal to 1."""
    value = compact(text)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", value):
        return False
    return int("".join(str(int(char, 36)) for char in value[4:] + value[:4])) % 97 == 1
