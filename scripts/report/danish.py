"""Danish words and numbers of the report.

Numbers are written with decimal comma and a full stop between thousands, and never break from their unit. Shares are
fractions of 1, durations days or hours. Sentences are the report's own; what they say is rules section K, G and V.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"

MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
SHORT_MONTHS = "jan. feb. mar. apr. maj juni juli aug. sep. okt. nov. dec.".split()

# --- Numbers ---------------------------------------------------------------------------------------------------------


def rounded(value: float, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A number with so many decimals. Halves go up; noise of binary fractions beyond 10 decimals is dropped first."""
    exact = Decimal(repr(round(float(value), 10)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)


def rounded_share(share: float) -> float:
    """A share with the three decimals that are shown: a tenth of a percentage point."""
    return float(rounded(share, 3))


def number(value: float, decimals: int = 0) -> str:
    """1234.5 with one decimal is "1.234,5"."""
    text = f"{rounded(value, decimals):,}".replace("-", MINUS)
    return text.translate(str.maketrans(",.", ".,"))


def percent(share: float, decimals: int = 1) -> str:
    """0.1838 is "18,4 %"."""
    return f"{number(rounded(share * 100, decimals), decimals)}{NO_BREAK}%"


def limit_percent(share: float) -> str:
    """A limit without needless decimals: 0.3 is "30 %"."""
    decimals = 0 if rounded(share * 100, 1) % 1 == 0 else 1
    return percent(share, decimals)


def percent_up(share: float) -> str:
    """The share as a percentage rounded up, for "under ..."."""
    return percent(float(rounded(share, 3, ROUND_CEILING)))


def percent_down(share: float) -> str:
    """The share as a percentage rounded down, for "over ..."."""
    return percent(float(rounded(share, 3, ROUND_FLOOR)))


def points(difference: float) -> str:
    """A difference of shares, without sign: 0.021 is "2,1 procentpoint"."""
    return f"{number(abs(rounded(difference * 100, 1)), 1)}{NO_BREAK}procentpoint"


def persons(count: int) -> str:
    """1234 is "1.234 personer"."""
    return f"{number(count)}{NO_BREAK}{'person' if count == 1 else 'personer'}"


# --- Dates and lists -------------------------------------------------------------------------------------------------


def month(day: date) -> str:
    """December 2024 is "december 2024"."""
    return f"{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def short_month(day: date) -> str:
    """December 2024 is "dec. 2024"."""
    return f"{SHORT_MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def long_date(day: date) -> str:
    """22 March 2023 is "22. marts 2023"."""
    return f"{day.day}.{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def listed(words: Sequence[str]) -> str:
    """a, b and c are "a, b og c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"


def count_word(count: int) -> str:
    """Small numbers as words: 2 is "to"."""
    words = "nul én to tre fire fem seks syv otte ni ti elleve tolv".split()
    return words[count] if 0 <= count < len(words) else number(count)
