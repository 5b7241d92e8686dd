"""Make the committed sample: a synthetic delivery of about 300 persons, 2017-2024, as CSV.

    python scripts/make_sample.py [--out data/sample] [--seed 1]

The first persons are scripted (worked examples and edges of the rules, see sample_cases.py), the others random. Eight
municipalities have their own quality of effort by year, so that focus goals are met, missed, and met again.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.sample_cases import add_cases, broken_rows  # noqa: E402
from scripts.sample_delivery import (  # noqa: E402
    DAY,
    FIRST_DAY,
    LAST_DAY,
    MUNICIPALITIES,
    Delivery,
    month_end,
    months_in,
)

RANDOM_PERSONS = 192
YEARS = range(2017, 2025)
RESULT_YEARS = range(2018, 2025)
YOUNG_BENEFIT = "UDDANNELSESHJAELP"
BENEFITS = {  # weight, mean length in days
    "A_DAGPENGE": (18, 330),
    "SYGEDAGPENGE": (18, 200),
    "KONTANTHJAELP": (20, 900),
    YOUNG_BENEFIT: (14, 700),
    "RESSOURCEFORLOEB": (8, 1100),
    "JOBAFKLARING": (8, 600),
    "LEDIGHEDSYDELSE": (7, 600),
    "OVERGANGSYDELSE_UDEN_PROGRAM": (6, 500),
    "OVERGANGSYDELSE_I_PROGRAM": (2, 400),
    "REVALIDERING": (4, 600),
    "FLEKSJOB": (4, 900),
    "FOERTIDSPENSION": (4, 2500),
}
UNMEASURED = {"OVERGANGSYDELSE_I_PROGRAM", "FLEKSJOB", "FOERTIDSPENSION"}

# steps that spread luck evenly over the few persons of a municipality (parts of the golden and the plastic ratio)
TALK_STEP, OFFER_STEP = 0.618034, 0.754878
GOOD, FAIR, POOR = 0.95, 0.80, 0.35


@dataclass(frozen=True)
class Effort:
    """The share of the persons of a municipality who get enough conversations and an offer, by year 2017-2024.

    `over` is by how much the actual share of the year on benefits lies above the expected one, by year 2018-2024; None
    where no result goal was published.
    """

    talks: tuple[float, ...]
    offers: tuple[float, ...]
    over: tuple[float | None, ...]


# What becomes of each under enhanced supervision: 101 selected and under administration, at last on both goals; 217
# selected, extended, ended; 269 selected, under administration, ended; 751 selected on offers, ended; 461 is saved by
# its result and 575 by having none published; 840 and 851 meet the goals when it counts.
EFFORTS = {
    "101": Effort((FAIR, FAIR, FAIR, POOR, POOR, POOR, POOR, POOR), (GOOD,) * 5 + (POOR,) * 3, (0.01,) * 7),
    "217": Effort(
        (GOOD, GOOD, FAIR, POOR, 0.60, GOOD, GOOD, GOOD), (GOOD,) * 8, (-0.01, 0.0, 0.01, 0.01, 0.01, 0.01, 0.01)
    ),
    "269": Effort((GOOD,) * 5 + (POOR, GOOD, GOOD), (GOOD,) * 8, (0.01,) * 7),
    "461": Effort((POOR,) * 8, (POOR,) * 8, (-0.01,) * 7),
    "575": Effort((GOOD,) * 4 + (POOR, POOR, FAIR, FAIR), (FAIR,) * 8, (0.01, 0.01, 0.01, None, None, None, None)),
    "751": Effort((GOOD,) * 8, (FAIR,) * 5 + (POOR, POOR, 0.9), (0.02,) * 7),
    "840": Effort(
        (GOOD, GOOD, FAIR, FAIR, GOOD, GOOD, GOOD, FAIR), (GOOD,) * 8, (0.005, -0.005, 0.0, 0.005, -0.005, 0.0, -0.005)
    ),
    "851": Effort((GOOD,) * 8, (GOOD,) * 8, (0.015,) * 7),
}

# from day, weights of personal attendance, telephone, video and other forms
FORMS = (
    (date(2017, 1, 1), (90, 7, 2, 1)),
    (date(2020, 5, 27), (35, 50, 14, 1)),
    (date(2021, 9, 1), (85, 10, 4, 1)),
    (date(2022, 1, 1), (65, 25, 9, 1)),
    (date(2023, 3, 22), (45, 37, 17, 1)),
)
FORM_CODES = ("PERSONLIGT_FREMMOEDE", "TELEFON", "VIDEO", "ANDEN")


@dataclass(frozen=True)
class Person:
    """A random person; those whose luck is near 0 are served even where few are."""

    id: str
    is_young: bool
    talk_luck: float
    offer_luck: float
    works: bool
    form: str


def effort_level(d: Delivery, person: str, day: date, kind: str) -> float:
    """Return the share served in the person's municipality that day, `kind` being talks or offers."""
    return getattr(EFFORTS[d.home_on(person, day)], kind)[day.year - YEARS.start]


def add_talks(d: Delivery, rng: random.Random, person: Person, benefit: str, start: date, end: date) -> None:
    """Add conversations every six weeks or so, or every seven months for those who are not served."""
    kind = "SYGEOPFOELGNING" if benefit == "SYGEDAGPENGE" else "JOBSAMTALE"
    day = start + timedelta(days=rng.randint(5, 35))
    while day <= end:
        if not date(2020, 3, 12) <= day <= date(2020, 5, 26) or rng.random() < 0.2:
            weights = next(weights for since, weights in reversed(FORMS) if since <= day)
            form = rng.choices(FORM_CODES, weights)[0]
            drawn = (
                kind
                if rng.random() < 0.95
                else rng.choice(("CV_SAMTALE", "FAELLESSAMTALE", "ANDEN", "RAADIGHEDSSAMTALE"))
            )
            holder = rng.choices(
                ("JOBCENTER", "ANDEN_AKTOER", "AKASSE"), (88, 10, 6 if benefit == "A_DAGPENGE" else 0)
            )[0]
            status = rng.choices(("AFHOLDT", "AFLYST", "UDEBLEVET", "PLANLAGT"), (92, 4, 3, 1))[0]
            d.talk(person.id, day, form, drawn, holder, status)
        served = person.talk_luck < effort_level(d, person.id, day, "talks")
        day += timedelta(days=rng.randint(34, 60) if served else rng.randint(150, 260))


def add_offers(d: Delivery, rng: random.Random, person: Person, benefit: str, start: date, end: date) -> None:
    """Add an offer about every half year to those who are served."""
    day = start + timedelta(days=rng.randint(40, 120))
    while day <= end:
        if person.offer_luck < effort_level(d, person.id, day, "offers"):
            last = min(day + timedelta(days=rng.randint(10, 70)), end)
            kind = rng.choices(
                ("VIRKSOMHEDSPRAKTIK", "VEJLEDNING_OPKVALIFICERING", "NYTTEINDSATS", "LOENTILSKUD", "MENTOR"),
                (50, 32, 4, 6, 8),
            )[0]
            if kind == "VEJLEDNING_OPKVALIFICERING":
                add_course(d, rng, person.id, day, last)
            elif kind == "LOENTILSKUD" and benefit != "SYGEDAGPENGE":
                d.offer(
                    person.id, kind, day, min(day + timedelta(days=rng.randint(60, 180)), LAST_DAY), benefit=benefit
                )
            else:
                d.offer(person.id, "VIRKSOMHEDSPRAKTIK" if kind == "LOENTILSKUD" else kind, day, last)
        day += timedelta(days=rng.randint(110, 220))


def add_course(d: Delivery, rng: random.Random, person: str, start: date, end: date) -> None:
    """Add guidance and training in one of the courses, now and then paid by one of the two pools."""
    course = rng.choice((25, 26, 26, 27, 28, 29, 30, 30, 36, 40, 42, 45, 46, 47))
    if course in (30, 45, 47) and rng.random() < 0.4:
        pool = rng.choice((5, 5, 18))
        d.course(person, start, end, course, "97" if pool == 5 else "97b", pool)
    else:
        d.course(person, start, end, course, "90" if course < 30 else "91")


def add_insured(d: Delivery, rng: random.Random, person: Person, start: date, end: date) -> None:
    """Add a dagpenge period and its monthly payments, some of them reduced."""
    d.dagpenge_period(person.id, start, start + timedelta(days=1095) if rng.random() < 0.5 else None)
    d.register(person.id, start - timedelta(days=rng.randint(0, 40)))
    for first, last in months_in(start, end):
        share = rng.choice((1, 1, 1, 1, 0.8, 0.55, 0))
        d.insure(person.id, first, last, share, person.form)


def add_municipal(d: Delivery, rng: random.Random, person: Person, benefit: str, start: date, end: date) -> None:
    """Add monthly payments with a gap now and then, visitation, registration and hours of ordinary work."""
    day = start
    while day <= end:
        until = min(day + timedelta(days=rng.randint(120, 900)), end)
        d.pay(person.id, benefit, day, until)
        day = until + timedelta(days=rng.choice((1, 1, 1, 1, 4, 12, 25, 40)))
    if benefit in ("KONTANTHJAELP", YOUNG_BENEFIT, "OVERGANGSYDELSE_UDEN_PROGRAM", "OVERGANGSYDELSE_I_PROGRAM"):
        d.register(person.id, start - timedelta(days=rng.randint(0, 40)))
        categories = (
            ("UDDANNELSESPARAT", "AABENLYS_UDDANNELSESPARAT", "AKTIVITETSPARAT")
            if person.is_young
            else ("JOBPARAT", "AKTIVITETSPARAT")
        )
        change = start + (end - start) * rng.random()
        d.visit(person.id, rng.choice(categories), start, change)
        d.visit(person.id, rng.choice(categories), change + DAY, None if end == LAST_DAY else end)
    if person.works and benefit not in UNMEASURED:
        for first, last in months_in(start.replace(day=1), end):
            if rng.random() < 0.5:
                d.earn(person.id, first, month_end(last), f"{rng.uniform(4, 50):.2f}")


def add_absences(d: Delivery, rng: random.Random, person: Person, benefit: str, start: date, end: date) -> None:
    """Add a holiday, a long exemption, parental leave or less intensive effort to some stays."""
    length = (end - start).days
    first = start + timedelta(days=rng.randint(0, max(length // 2, 1)))
    drawn = rng.random()
    if drawn < 0.15:
        d.absent(person.id, "10", first, first + timedelta(days=rng.randint(6, 27)))
    elif drawn < 0.22:
        code = "53" if benefit == "SYGEDAGPENGE" else rng.choice(("3", "45", "46", "70", "79"))
        d.absent(person.id, code, first, None if end == LAST_DAY else end)
    elif drawn < 0.26:
        d.absent(person.id, "8", first, first + timedelta(days=rng.randint(90, 300)))
    elif drawn < 0.27:
        d.absent(person.id, "OPFOELGNING_UDEN_KONTAKT", first, first + timedelta(days=60))
    if end.year == 2024 and rng.random() < 0.15:
        d.add("tass_mii", person.id, max(start, date(2024, 1, 15)), None if rng.random() < 0.3 else end)


def add_stay(d: Delivery, rng: random.Random, person: Person, benefit: str, start: date, end: date) -> None:
    """Add one stay on one benefit with everything that goes with it.

    Conversations and offers have their own random numbers, so that a change of effort leaves all else as it was.
    """
    effort_seed = rng.random()
    if benefit == "A_DAGPENGE":
        add_insured(d, rng, person, start, end)
    elif benefit == "SYGEDAGPENGE":
        d.sick(person.id, start, None if end == LAST_DAY else end)
        if (end - start).days > 90 and rng.random() < 0.5:
            d.add("ksd_delvis_raskmelding", person.id, end - timedelta(days=40), None if end == LAST_DAY else end)
    else:
        add_municipal(d, rng, person, benefit, start, end)
    if benefit not in UNMEASURED:
        add_talks(d, random.Random(effort_seed), person, benefit, start, end)
        add_offers(d, random.Random(effort_seed + 1), person, benefit, start, end)
        add_absences(d, rng, person, benefit, start, end)


def add_random_person(d: Delivery, rng: random.Random, number: int) -> None:
    """Add a person who is on benefits from 2017 on, or begins later, with gaps of none, some weeks or years."""
    home = MUNICIPALITIES[number % len(MUNICIPALITIES)]
    benefits, weights = zip(*((benefit, weight) for benefit, (weight, _) in BENEFITS.items()), strict=True)
    benefit = rng.choices(benefits, weights)[0]
    is_young = benefit == YOUNG_BENEFIT
    born = date(
        rng.randint(1994, 2000) if is_young else rng.randint(1956, 1986), rng.randint(1, 12), rng.randint(1, 28)
    )
    moves = ()
    if rng.random() < 0.12:
        moves = ((FIRST_DAY + timedelta(days=rng.randint(30, 2900)), rng.choice(MUNICIPALITIES)),)
    person = Person(
        d.person(f"P{number:04d}", born, home, moves),
        is_young,
        (number // len(MUNICIPALITIES) * TALK_STEP) % 1,
        (number // len(MUNICIPALITIES) * OFFER_STEP) % 1,
        rng.random() < 0.2,
        rng.choices(("FULDTID", "DELTID"), (85, 15))[0],
    )
    day = FIRST_DAY if rng.random() < 0.6 else FIRST_DAY + timedelta(days=rng.randint(1, 2300))
    while day <= LAST_DAY:
        length = max(20, int(rng.expovariate(1 / BENEFITS[benefit][1])))
        end = min(day + timedelta(days=length), LAST_DAY)
        if benefit == YOUNG_BENEFIT:
            end = min(end, date(born.year + 30, born.month, born.day) - DAY)
        if end >= day:
            add_stay(d, rng, person, benefit, day, end)
        day = end + timedelta(days=1 + rng.choice((0, 0, rng.randint(1, 62), rng.randint(200, 900))))
        young_now = day < date(born.year + 30, born.month, born.day)
        benefit = rng.choices(benefits, weights)[0]
        if benefit == YOUNG_BENEFIT and not young_now:
            benefit = "KONTANTHJAELP"


def add_reference_tables(d: Delivery, rng: random.Random) -> None:
    """Add population by quarter and age, result goals and clusters. Population is a hundredth; 269 is in no cluster."""
    for position, home in enumerate(MUNICIPALITIES, start=1):
        for year in YEARS:
            for month in (1, 4, 7, 10):
                for age in range(14, 69):
                    d.add("dst_befolkning", home, date(year, month, 1), age, 6 + position + (age * position + year) % 5)
        for year, over in zip(RESULT_YEARS, EFFORTS[home].over, strict=True):
            if over is not None:
                expected = 0.09 + 0.005 * position + rng.randint(0, 999) / 1e6
                d.add("bm_resultatmaal", home, year, f"{expected + over:.6f}", f"{expected:.6f}")
        if home != "269":
            for group in ("all", "insured", "uninsured", "under_30", "combined", "at_risk"):
                d.add("kommune_klynger", home, group, f"K{1 + position % 3}")


def make_sample(out: Path, seed: int = 1) -> dict[str, int]:
    """Write the sample into the folder `out` and return the rows of each table."""
    d = Delivery()
    add_cases(d)
    for number in range(RANDOM_PERSONS):
        add_random_person(d, random.Random(f"{seed}/{number}"), number + 1)
    add_reference_tables(d, random.Random(seed))
    broken_rows(d)
    d.write(out)
    return {table: len(rows) for table, rows in d.rows.items()}


def main() -> None:
    """Read the command line and write the sample."""
    parser = argparse.ArgumentParser(description="Make the synthetic sample delivery as CSV.")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "sample", help="folder to write the CSV files to")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random persons (default 1)")
    arguments = parser.parse_args()
    for table, rows in make_sample(arguments.out, arguments.seed).items():
        print(f"{table}: {rows:,} rows")


if __name__ == "__main__":
    main()
