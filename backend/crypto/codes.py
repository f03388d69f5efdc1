"""Secrets that people read and type: 80 bits as 16 Crockford base32 characters and 2 check characters.

The check is a Reed-Solomon code over GF(32): primitive polynomial x^5+x^2+1, alpha = 2, systematic, first character =
highest power, generator (x - alpha)(x - alpha^2). One or two wrong characters are always noticed; where one is wrong or
two neighbours are swapped, the place is known, so a person can be told which group to look at. It is never corrected
for them: a code that opens a tip must be the one they hold.
"""

import re
from unicodedata import normalize

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
SECRET_BYTES = 10
CODE_LENGTH = 18

_DATA_LENGTH = 16
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
# what people and keyboards put between groups; the app reads the same
_BETWEEN = re.compile(r"[\s\-‐-―−_.·]")

_EXP: list[int] = [1]
while len(_EXP) < 31:
    _EXP.append(_EXP[-1] << 1 if _EXP[-1] < 16 else (_EXP[-1] << 1) ^ 0b100101)
_LOG = {power: exponent for exponent, power in enumerate(_EXP)}
# (x - a)(x - a^2) = x^2 + (a + a^2) x + a^3
_GENERATOR_X1 = _EXP[1] ^ _EXP[2]
_GENERATOR_X0 = _EXP[3]


class CodeMalformed(ValueError):
    """What was typed is no code; holds nothing of what was typed.

    `group` is the 1-based group that looks wrong, None when that cannot be told.
    """

    def __init__(self, group: int | None) -> None:
        super().__init__("not a code")
        self.group = group


def encode(secret: bytes) -> str:
    """10 bytes as 18 characters, without hyphens."""
    number = int.from_bytes(secret)
    values = [number >> (5 * place) & 31 for place in reversed(range(_DATA_LENGTH))]
    return "".join(ALPHABET[value] for value in values + _check(values))


def grouped(code: str) -> str:
    """For people: groups of four, the check characters last: "7QK4-M2XR-9TVB-3HNE-C5"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(text: str, *, length: int = CODE_LENGTH) -> str:
    """The characters of a typed code, in the alphabet: case, spaces and dashes ignored, O read as 0, I and L as 1.

    Raises CodeMalformed with the group of the first character that cannot belong (U is one), None for a wrong length.
    """
    typed = _BETWEEN.sub("", normalize("NFKC", text)).upper()
    for place, char in enumerate(typed[:length]):
        if char not in _VALUES:
            raise CodeMalformed(place // GROUP + 1)
    if len(typed) != length:
        raise CodeMalformed(None)
    return "".join(ALPHABET[_VALUES[char]] for char in typed)


def decode(code: str) -> bytes:
    """The 10 bytes of 18 characters given by `read`; raises CodeMalformed when the check characters disagree."""
    values = [_VALUES[char] for char in code]
    if not _is_whole(values):
        raise CodeMalformed(_group_in_doubt(values))
    number = 0
    for value in values[:_DATA_LENGTH]:
        number = number << 5 | value
    return number.to_bytes(SECRET_BYTES)


def _check(values: list[int]) -> list[int]:
    """The remainder of values * x^2 divided by the generator: two values."""
    high = low = 0
    for value in values:
        factor = value ^ high
        high, low = low ^ _times(factor, _GENERATOR_X1), _times(factor, _GENERATOR_X0)
    return [high, low]


def _syndrome(values: list[int], power: int) -> int:
    """The code word as a polynomial, at alpha^power: zero when nothing is wrong."""
    total = 0
    for value in values:
        total = _times(total, _EXP[power]) ^ value
    return total


def _is_whole(values: list[int]) -> bool:
    return not _syndrome(values, 1) and not _syndrome(values, 2)


def _group_in_doubt(values: list[int]) -> int | None:
    """Two neighbours of a group swapped, or one error: e at x^j gives e*a^j and e*a^2j, whose quotient is a^j.

    A swap is looked for first: seen as one error it would point elsewhere. What fits no place is more than one error.
    """
    for left in range(CODE_LENGTH - 1):
        swapped = [*values[:left], values[left + 1], values[left], *values[left + 2 :]]
        if left // GROUP == (left + 1) // GROUP and _is_whole(swapped):
            return left // GROUP + 1
    first, second = _syndrome(values, 1), _syndrome(values, 2)
    if not first or not second:
        return None
    exponent = (_LOG[second] - _LOG[first]) % 31
    return (CODE_LENGTH - 1 - exponent) // GROUP + 1 if exponent < CODE_LENGTH else None


def _times(left: int, right: int) -> int:
    if not left or not right:
        return 0
    return _EXP[(_LOG[left] + _LOG[right]) % 31]
