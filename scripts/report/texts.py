"""What the report says: names, definitions and sentences in Danish.

Definitions follow rules section K, G and V in the report's own words. Numbers of the law come in as arguments.
"""

from __future__ import annotations

from datetime import date

from scripts.report.danish import count_word, limit_percent, long_date, number, percent
from scripts.report.marts import RuleChange, Supervision

GOAL_TITLES = {"offers": "Tilbud", "conversations": "Samtaler"}

STATUS = {
    "none": "Ikke udpeget",
    "selected": "Udpeget",
    "extended": "Forlænget",
    "administration": "Under administration",
    "ended": "Ophørt",
}

# Target groups of K-01: name, and who they are.
TARGET_GROUPS = {
    "all": ("Alle på offentlig forsørgelse", "Personer med mindst én dag på en af de tolv ydelser i måneden."),
    "insured": ("Forsikrede ledige", "Personer på a-dagpenge."),
    "uninsured": (
        "Jobparate uden a-dagpenge",
        "Personer på kontanthjælp eller overgangsydelse, der er visiteret som jobparate.",
    ),
    "under_30": (
        "Unge under 30 år",
        "Personer under 30 år på uddannelseshjælp, kontanthjælp eller overgangsydelse.",
    ),
    "combined": (
        "Indsats på flere områder",
        "Aktivitetsparate på kontanthjælp eller overgangsydelse og personer i jobafklaring.",
    ),
    "at_risk": (
        "Førtidspension, eller i risiko for det",
        "Personer i ressourceforløb, på ledighedsydelse, i fleksjob eller på førtidspension.",
    ),
}

INDICATORS = (
    "share_of_population",
    "share_of_population_under_30",
    "conversation_intensity",
    "company_offer_share",
    "any_offer_share",
)


def goal_measure(goal: str, parameters: dict[str, float]) -> str:
    """What the share of a focus goal is a share with, as the end of a sentence."""
    if goal == "offers":
        return f"uden tilbud eller {number(parameters['ordinary_hours'])} ordinære løntimer"
    return f"med færre end {number(parameters['required_conversations'])} samtaler"


def goal_definition(goal: str, parameters: dict[str, float]) -> str:
    """How a focus goal is measured (G-01, G-02, M-10, M-11)."""
    months = number(parameters["focus_goal_months"])
    lacked = (
        f"hverken har haft et aktivt tilbud eller {number(parameters['ordinary_hours'])} ordinære løntimer"
        if goal == "offers"
        else f"har haft færre end {number(parameters['required_conversations'])} samtaler"
    )
    return (
        f"Andelen af personer med mindst 12 måneder på ydelse, som i deres seneste 12 måneder {lacked}. "
        f"Vist er gennemsnittet af de seneste {months} måneders andele. Målet er nået, når gennemsnittet er under "
        "grænsen; det afgøres på det uafrundede tal. Fritagne personer er ikke med."
    )


def rule_change(change: RuleChange) -> str:
    """What changed on a day."""
    texts = {
        "contact_regimes": "den første samtale skal være personligt fremmøde, senere må også være video eller telefon",
        "conversations_before_start_from": "nye forløb følges fra tilmeldingen",
        "offer_regimes": "for de fleste grupper tæller vejledning og opkvalificering kun efter en fast liste",
        "ordinary_hours": f"løntimer tæller fra {number(change.value or 0)} timer",
        "focus_goal_limits": f"grænsen bliver {limit_percent((change.value or 0) / 100)}",
    }
    return texts.get(change.topic, "reglerne ændres")


def indicator_title(group: str, indicator: str, intensity: dict[str, tuple[int, int | None]], ages: dict) -> str:
    """The heading of an indicator's chart (K-02)."""
    if indicator == "conversation_intensity":
        required, look_back = intensity[group]
        span = "12 måneder" if look_back is None else _weeks(look_back)
        return f"Mindst {number(required)} samtaler på {span}"
    if indicator.startswith("share_of_population"):
        first, last = ages[indicator]
        return f"Andel af alle på {first}–{last} år"
    return {"company_offer_share": "I virksomhedsrettet tilbud", "any_offer_share": "Dage i aktivt tilbud"}[indicator]


def indicator_definition(group: str, indicator: str, intensity: dict[str, tuple[int, int | None]], ages: dict) -> str:
    """How an indicator is measured (K-02)."""
    if indicator == "conversation_intensity":
        required, look_back = intensity[group]
        if look_back is None:
            return (
                f"Personer med mindst {number(required)} samtaler i deres seneste 12 måneder, i procent af målgruppens personer "
                "med mindst 12 måneder på ydelse. Fritagne er ikke med."
            )
        return (
            f"Personer med mindst {number(required)} samtaler i de seneste {_weeks(look_back)}, i procent af personer, der har "
            "været ledige 3–5 måneder. Fritagne er ikke med."
        )
    if indicator.startswith("share_of_population"):
        first, last = ages[indicator]
        return f"Personer i målgruppen i procent af kommunens befolkning på {first}–{last} år i samme kvartal."
    if indicator == "company_offer_share":
        return "Personer med mindst én dag i virksomhedspraktik eller løntilskud i måneden, i procent af målgruppens personer."
    return "Dage i aktive tilbud i procent af målgruppens dage på ydelse i måneden. Der tælles dage, ikke personer."


def _weeks(look_back_days: int) -> str:
    """The day measured and so many days before it, as weeks when they are whole."""
    weeks, rest = divmod(look_back_days + 1, 7)
    return f"{weeks} uger" if rest == 0 else f"{look_back_days + 1} dage"


def interval_name(code: str) -> str:
    """A duration interval: m00 is "under 1 måned", y03_05 "3–5 år", y10_plus "10 år og mere"."""
    if code.startswith("m"):
        months = int(code[1:])
        return "under 1 måned" if months == 0 else f"{months} måned{'er' if months > 1 else ''}"
    first, last = code[1:].split("_")
    return f"{int(first)} år og mere" if last == "plus" else f"{int(first)}–{int(last)} år"


def comparison_name(area: str) -> str:
    """The name at the end of a comparison line."""
    return "Hele landet" if area == "DK" else f"Klynge {area.removeprefix('cluster:').removeprefix('K')}"


def goals_sentence(name: str, met: dict[str, bool | None]) -> str:
    """Which focus goals a municipality meets, as its first sentence."""
    told = {goal: is_met for goal, is_met in met.items() if is_met is not None}
    titles = {"offers": "målet for tilbud", "conversations": "målet for samtaler"}
    if not told:
        return f"{name} har for få personer til, at fokusmålene kan vises."
    if len(told) == 1:
        [(goal, is_met)] = told.items()
        return f"{name} når {'' if is_met else 'ikke '}{titles[goal]}. Det andet fokusmål kan ikke vises."
    if all(told.values()):
        return f"{name} når begge fokusmål."
    if not any(told.values()):
        return f"{name} når ingen af de to fokusmål."
    reached = next(goal for goal, is_met in told.items() if is_met)
    missed = next(goal for goal, is_met in told.items() if not is_met)
    return f"{name} når {titles[reached]}, men ikke {titles[missed]}."


def supervision_sentences(row: Supervision, active: tuple[str, ...]) -> list[str]:
    """The supervision status of a municipality and what it means (V)."""
    year = row.year
    first = {
        "none": f"Kommunen er ikke udpeget til skærpet tilsyn på tallene for {year}.",
        "selected": f"Kommunen er udpeget til skærpet tilsyn på tallene for {year}.",
        "extended": f"Det skærpede tilsyn er forlænget på tallene for {year}.",
        "administration": f"Kommunen er sat under administration på tallene for {year}.",
        "ended": f"Det skærpede tilsyn er ophørt på tallene for {year}.",
    }.get(row.status, f"Status for {year}: {row.status}.")
    sentences = [first]
    if row.status == "none":
        if row.is_result_goal_met is None:
            sentences.append("Der er ikke leveret en ydelsesgrad for året, og uden den udpeges ingen.")
        elif row.is_result_goal_met:
            sentences.append("Resultatmålet er nået, og så udpeges kommunen ikke.")
        elif not active:
            sentences.append("Resultatmålet er ikke nået, men intet fokusmål var i brug for året.")
        else:
            sentences.append("Resultatmålet er ikke nået, men det er de fokusmål, der er i brug for året.")
    if row.actual_share is not None and row.expected_share is not None:
        actual, expected = percent(row.actual_share, 2), percent(row.expected_share, 2)
        sentences.append(f"Ydelsesgraden var {actual} mod forventet {expected}.")
    sentences += _deadlines(row)
    return sentences


def _deadlines(row: Supervision) -> list[str]:
    deadlines: list[tuple[str, date | None]] = [
        ("Besked til kommunen senest", row.notice_by),
        ("Sagsgennemgang senest" if row.status == "administration" else "Redegørelse senest", row.statement_due),
        ("Genopretning til og med", row.recovery_end),
    ]
    return [f"{text} {long_date(day)}." for text, day in deadlines if day is not None]


def left_behind_sentence(
    is_met: bool | None, missed: list[str], reached: list[str], told: int, hidden: int, limit: float | None
) -> str:
    """Which benefit groups are left behind; missed and reached name groups with their shares, worst first."""
    if limit is None or not told:
        return "Ingen ydelsesgruppe har personer nok til at kunne vises."
    of_shown = "Alle ydelsesgrupper, der kan vises," if hidden else "Alle ydelsesgrupper"
    if not missed:
        return f"{of_shown} er under grænsen på {limit_percent(limit)}."
    names = _joined(missed)
    if told == 1:
        return f"Over grænsen på {limit_percent(limit)}: {names}. De andre grupper kan ikke vises."
    if is_met:
        return f"Målet er nået samlet, men {count_word(len(missed))} {_groups(len(missed))} er efter: {names}."
    if not reached:
        return f"{of_shown} er over grænsen på {limit_percent(limit)}. Længst fra den: {_joined(missed[:3])}."
    return f"Over grænsen på {limit_percent(limit)}: {names}. Under den: {_joined(reached)}."


def _groups(count: int) -> str:
    return "gruppe" if count == 1 else "grupper"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
