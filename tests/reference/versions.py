"""The versions of the measurement, retold one by one from the version history and the notat of 22 March 2023.

`parameters` holds the newest version. Here each version is told as what it changed in the one before, from the oldest on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .parameters import (
    CORONA_CONVERSATIONS,
    EARLIER_CONVERSATIONS_FROM,
    EARLY_EXEMPT_FROM,
    EXEMPT_CODES,
    EXEMPT_CODES_BY_CATEGORY,
    HOURS_LIMIT_CHANGES,
    LATE_CONVERSATIONS_FROM,
    NEW_RULES,
    OFFER_LIMIT_CHANGES,
    TRIALS,
)

NEVER = date.max
Trial = tuple[tuple[str, ...], date, date, tuple[str, ...]]


@dataclass(frozen=True)
class Method:
    """What differs between versions; a date is the first day of a rule, NEVER where the version lacks it."""

    exempt_codes: dict[str, frozenset[str]]  # E-01
    exempt_codes_by_category: dict[tuple[str, str], tuple[str, ...]]  # E-01
    early_exempt_from: date  # E-03
    late_conversations_from: date  # C-06
    corona_conversations: tuple[tuple[date, date], ...]  # C-07
    trials: tuple[Trial, ...]  # C-08
    new_conversation_rules_from: date  # C-09
    earlier_conversations_from: date  # C-10
    new_offer_rules_from: date  # O-04 to O-07
    hours_limit_changes: date  # H-02
    offer_limit_changes: date  # G-01


def without(codes: Iterable[str]) -> dict:
    """E-01 as in the newest version, less some codes."""
    left_out = set(codes)
    return {
        "exempt_codes": {group: kept - left_out for group, kept in EXEMPT_CODES.items()},
        "exempt_codes_by_category": {
            key: categories for key, categories in EXEMPT_CODES_BY_CATEGORY.items() if key[1] not in left_out
        },
    }


def with_code_65(codes: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """E-01 before version 1.72: code 65 exempts on a-dagpenge."""
    return codes | {"a_dagpenge": codes["a_dagpenge"] | {"65"}}


def nordjylland_until(last: date) -> tuple[Trial, ...]:
    """C-08 with another last day of the first trial, that of Nordjylland."""
    municipalities, first, _, forms = TRIALS[0]
    return ((municipalities, first, last, forms), *TRIALS[1:])


FIRST_CORONA, WINTER = CORONA_CONVERSATIONS
CODES_OF_1_1 = without({"77"})

V1_1 = Method(
    exempt_codes=with_code_65(CODES_OF_1_1["exempt_codes"]),
    exempt_codes_by_category=CODES_OF_1_1["exempt_codes_by_category"],
    early_exempt_from=NEVER,
    late_conversations_from=NEVER,
    corona_conversations=((FIRST_CORONA[0], date(2021, 6, 12)),),
    trials=nordjylland_until(date(2022, 12, 31)),
    new_conversation_rules_from=NEVER,
    earlier_conversations_from=NEVER,
    new_offer_rules_from=NEVER,
    hours_limit_changes=NEVER,
    offer_limit_changes=NEVER,
)
V1_2 = replace(
    V1_1,
    exempt_codes=with_code_65(EXEMPT_CODES),
    exempt_codes_by_category=EXEMPT_CODES_BY_CATEGORY,
    corona_conversations=(FIRST_CORONA,),
)
V1_3 = replace(
    V1_2, corona_conversations=(FIRST_CORONA, WINTER), late_conversations_from=LATE_CONVERSATIONS_FROM
)
V1_4 = V1_3  # corrects the trial municipalities; what they were before is not told
V1_5 = replace(V1_4, trials=TRIALS)
NOTAT = replace(
    V1_5,
    new_offer_rules_from=NEW_RULES,
    hours_limit_changes=HOURS_LIMIT_CHANGES,
    offer_limit_changes=OFFER_LIMIT_CHANGES,
)
V1_6 = replace(NOTAT, new_conversation_rules_from=NEW_RULES)
V1_7 = V1_6  # more intervals and totals, the same counts
V1_71 = V1_7  # a new name
V1_72 = replace(V1_71, exempt_codes=EXEMPT_CODES)
V1_73 = replace(
    V1_72, early_exempt_from=EARLY_EXEMPT_FROM, earlier_conversations_from=EARLIER_CONVERSATIONS_FROM
)

VERSIONS = {
    "1.1": V1_1,
    "1.2": V1_2,
    "1.3": V1_3,
    "1.4": V1_4,
    "1.5": V1_5,
    "notat-2023-03-22": NOTAT,
    "1.6": V1_6,
    "1.7": V1_7,
    "1.71": V1_71,
    "1.72": V1_72,
    "1.73": V1_73,
}
NEWEST = "1.73"
