"""Rules C: which conversations of a spell count, and in which measured months."""

from dataclasses import dataclass, replace

from .clock import SpellClock
from .days import add_months, as_date, ordinal
from .offers import Offer
from .parameters import (
    CORONA_SUSPENSION,
    EARLIER_CONVERSATIONS_GROUPS,
    EARLIER_CONVERSATIONS_MONTHS,
    PERSONAL,
    REMOTE,
    SIX_MONTHS,
)
from .spells import Spell
from .versions import Method


@dataclass(frozen=True)
class Conversation:
    """A held conversation."""

    samtale_id: str
    day: int
    kind: str
    form: str
    holder: str
    municipality: str


@dataclass(frozen=True)
class Decision:
    conversation: Conversation
    is_admitted: bool
    rule_id: str


def held_conversations(events: list[tuple[int, dict]]) -> list[Conversation]:
    """C: only conversations with status AFHOLDT."""
    return sorted(
        (
            Conversation(
                row["samtale_id"],
                day,
                row["samtaletype"],
                row["kontaktform"],
                row["afholdt_af"],
                row["kommunekode"],
            )
            for day, row in events
            if row["status"] == "AFHOLDT"
        ),
        key=lambda conversation: (conversation.day, conversation.samtale_id),
    )


def within(day: int, period: tuple) -> bool:
    return period[0] <= as_date(day) <= period[1]


def is_right_kind(group: str, conversation: Conversation) -> bool:
    """C-01, C-02: the types and holders that count in a group."""
    if group == "sygedagpenge":
        return conversation.kind == "SYGEOPFOELGNING"
    if group == "a_dagpenge":
        return conversation.kind in ("JOBSAMTALE", "FAELLESSAMTALE")
    return conversation.kind == "JOBSAMTALE" and conversation.holder != "AKASSE"


def registration_day(
    spell: Spell, registrations: list[int], dagpenge_days: set[int], method: Method
) -> int | None:
    """C-10, I-18: R, the earliest registration in the three months before spell start."""
    start = as_date(spell.start)
    if spell.group not in EARLIER_CONVERSATIONS_GROUPS or start < method.earlier_conversations_from:
        return None
    earliest = ordinal(add_months(start, -EARLIER_CONVERSATIONS_MONTHS))
    for day in sorted(registrations):
        if earliest <= day < spell.start:
            between = range(day, spell.start)
            if spell.group != "a_dagpenge" or not any(other in dagpenge_days for other in between):
                return day
    return None


def first_conversation_day(spell: Spell, first_day: int, conversations: list[Conversation]) -> int | None:
    """C-09, C-10, I-17: the earliest conversation C-02 admits from spell start (or R), counted or not."""
    days = [
        conversation.day
        for conversation in conversations
        if conversation.day >= first_day and is_right_kind(spell.group, conversation)
    ]
    return min(days, default=None)


def is_trial_form(conversation: Conversation, method: Method) -> bool:
    """C-08, I-16: a form allowed in a trial municipality, not held by the a-kasse."""
    return conversation.holder != "AKASSE" and any(
        conversation.municipality in municipalities
        and within(conversation.day, (first, last))
        and conversation.form in forms
        for municipalities, first, last, forms in method.trials
    )


class SpellConversations:
    """The decisions on the conversations of one spell."""

    def __init__(
        self,
        clock: SpellClock,
        conversations: list[Conversation],
        offers: list[Offer],
        registrations: list[int],
        dead_by_absence: set[int],
        benefit_days: dict[str, set[int]],
        method: Method,
    ):
        self._method = method
        self._clock = clock
        self._spell = clock.spell
        self._offers = offers
        self._dead = dead_by_absence
        self._benefit_days = benefit_days
        registered = registration_day(self._spell, registrations, benefit_days["a_dagpenge"], method)
        self.first_day = self._spell.start if registered is None else registered
        self._first_conversation = first_conversation_day(self._spell, self.first_day, conversations)
        self._conversations = conversations

    def decisions(self, last_day: int) -> list[Decision]:
        """Every held conversation from spell start (or R) to the last measurement date; C-03 last."""
        decided = [
            self._decide(conversation)
            for conversation in self._conversations
            if self.first_day <= conversation.day <= last_day
        ]
        return self._one_a_day(decided)

    @staticmethod
    def _one_a_day(decided: list[Decision]) -> list[Decision]:
        """C-03: all but the smallest samtale_id among the admitted on one day are rejected."""
        smallest: dict[int, str] = {}
        for decision in decided:
            if decision.is_admitted:
                day, samtale_id = decision.conversation.day, decision.conversation.samtale_id
                smallest[day] = min(samtale_id, smallest.get(day, samtale_id))
        return [
            replace(decision, is_admitted=False, rule_id="C-03")
            if decision.is_admitted and decision.conversation.samtale_id != smallest[decision.conversation.day]
            else decision
            for decision in decided
        ]

    def _decide(self, conversation: Conversation) -> Decision:
        """Section C, "Order for decisions"."""
        is_admitted, rule_id = self._verdict(conversation)
        return Decision(conversation, is_admitted, rule_id)

    def _verdict(self, conversation: Conversation) -> tuple[bool, str]:
        is_sickness = self._spell.group == "sygedagpenge"
        if not is_right_kind(self._spell.group, conversation):
            return False, "C-01" if is_sickness else "C-02"
        if within(conversation.day, CORONA_SUSPENSION):
            return False, "C-07"
        if conversation.day in self._dead:
            return False, "C-03"
        if is_sickness:
            return True, "C-01"
        if self._is_on_other_benefit(conversation):
            return False, "C-11"
        if as_date(conversation.day) >= self._method.new_conversation_rules_from:
            return self._verdict_by_new_rules(conversation)
        return self._verdict_by_old_rules(conversation)

    def _is_on_other_benefit(self, conversation: Conversation) -> bool:
        """C-11: no a-dagpenge that day, but another benefit; not before spell start."""
        day = conversation.day
        if self._spell.group != "a_dagpenge" or day < self._spell.start:
            return False
        if day in self._benefit_days["a_dagpenge"]:
            return False
        return any(day in days for days in self._benefit_days.values())

    def _verdict_by_new_rules(self, conversation: Conversation) -> tuple[bool, str]:
        """C-09, C-10: from 22 March 2023."""
        rule_id = "C-10" if conversation.day < self._spell.start else "C-09"
        is_first = conversation.day == self._first_conversation
        if conversation.form == PERSONAL:
            return True, rule_id
        if not is_first and conversation.form in REMOTE:
            return True, rule_id
        if is_first and is_trial_form(conversation, self._method):
            return True, "C-08"
        return False, "C-09"

    def _verdict_by_old_rules(self, conversation: Conversation) -> tuple[bool, str]:
        """C-04 to C-08: before 22 March 2023."""
        day, method, is_remote = conversation.day, self._method, conversation.form in REMOTE
        is_late = as_date(day) >= method.late_conversations_from and self._clock.has_months(day, SIX_MONTHS)
        if conversation.form == PERSONAL:
            return True, "C-04"
        if any(offer.is_active_on(day) for offer in self._offers):
            return True, "C-05"
        if is_remote and is_late:
            return True, "C-06"
        if is_remote and any(within(day, period) for period in method.corona_conversations):
            return True, "C-07"
        if is_trial_form(conversation, method):
            return True, "C-08"
        return False, "C-04"


def is_counted(decision: Decision, spell: Spell, window_start: int, last_day: int, is_12_plus: bool) -> bool:
    """C-03, C-10, I-21: an admitted conversation in the window, or before spell start below 12 months."""
    day = decision.conversation.day
    if not decision.is_admitted or day > last_day:
        return False
    if day < spell.start:
        return not is_12_plus
    return day >= window_start
