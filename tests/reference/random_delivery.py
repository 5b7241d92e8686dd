"""Random deliveries full of edge cases, 2016-2024; typed rows that keep the contract."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from .parameters import TARGET_GROUPS
from .quarantine import ABSENCE_CODES, CONTRACT, COURSES, KEYS, SUBSIDY_BENEFITS

FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2025, 2, 28)
DAY = timedelta(days=1)

BOUNDARIES = (
    date(2016, 2, 29),
    date(2017, 6, 30),
    date(2017, 7, 1),
    date(2018, 1, 1),
    date(2018, 9, 1),
    date(2018, 11, 1),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2020, 2, 29),
    date(2020, 3, 1),
    date(2020, 3, 11),
    date(2020, 3, 12),
    date(2020, 5, 26),
    date(2020, 5, 27),
    date(2020, 6, 30),
    date(2020, 7, 1),
    date(2020, 9, 1),
    date(2021, 8, 31),
    date(2021, 9, 1),
    date(2021, 12, 18),
    date(2021, 12, 19),
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2022, 1, 31),
    date(2022, 2, 1),
    date(2022, 12, 31),
    date(2023, 2, 28),
    date(2023, 3, 1),
    date(2023, 3, 21),
    date(2023, 3, 22),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2024, 3, 31),
    date(2024, 4, 1),
)
MUNICIPALITIES = ("101", "165", "201", "219", "269", "330", "400", "461", "751", "787", "825", "851")
STRANGE_MUNICIPALITIES = ("000", "999", "888")
BIRTH_STEPS = (
    date(1939, 6, 30),
    date(1953, 12, 31),
    date(1954, 6, 30),
    date(1954, 12, 31),
    date(1955, 6, 30),
    date(1962, 12, 31),
    date(1966, 12, 31),
)
MUNICIPAL_CODES = (
    ("KONTANTHJAELP", 9),
    ("UDDANNELSESHJAELP", 6),
    ("OVERGANGSYDELSE_UDEN_PROGRAM", 5),
    ("OVERGANGSYDELSE_I_PROGRAM", 2),
    ("REVALIDERING", 3),
    ("RESSOURCEFORLOEB", 3),
    ("JOBAFKLARING", 3),
    ("LEDIGHEDSYDELSE", 3),
    ("FLEKSJOB", 1),
    ("FOERTIDSPENSION", 1),
)
CHAINS = (
    ("OVERGANGSYDELSE_UDEN_PROGRAM", "KONTANTHJAELP"),
    ("OVERGANGSYDELSE_UDEN_PROGRAM", "UDDANNELSESHJAELP"),
    ("OVERGANGSYDELSE_I_PROGRAM", "KONTANTHJAELP"),
    ("UDDANNELSESHJAELP", "KONTANTHJAELP"),
    ("A_DAGPENGE", "KONTANTHJAELP"),
    ("SYGEDAGPENGE", "JOBAFKLARING", "RESSOURCEFORLOEB"),
    ("KONTANTHJAELP", "REVALIDERING"),
    ("KONTANTHJAELP", "UDDANNELSESHJAELP", "OVERGANGSYDELSE_UDEN_PROGRAM", "KONTANTHJAELP"),
    ("A_DAGPENGE", "SYGEDAGPENGE", "A_DAGPENGE"),
)
CATEGORIES = ("JOBPARAT", "AKTIVITETSPARAT", "UDDANNELSESPARAT", "AABENLYS_UDDANNELSESPARAT")
FORMS = ("PERSONLIGT_FREMMOEDE", "VIDEO", "TELEFON", "ANDEN")
HOLDERS = ("JOBCENTER", "ANDEN_AKTOER", "AKASSE")
OTHER_KINDS = ("FAELLESSAMTALE", "CV_SAMTALE", "RAADIGHEDSSAMTALE", "ANDEN")
OFFER_KINDS = ("VIRKSOMHEDSPRAKTIK", "LOENTILSKUD", "NYTTEINDSATS", "VEJLEDNING_OPKVALIFICERING", "MENTOR")
THRESHOLD_LENGTHS = (31, 62, 183, 213, 244, 335, 365, 366, 1095, 1096)
LOW, RISING, HIGH = "low", "rising", "high"
RISES_ON = date(2022, 1, 1)
DAGPENGE_TYPES = ("A_DAGPENGE", "SAERLIG_UDDANNELSESYDELSE", "ARBEJDSMARKEDSYDELSE", "KONTANTYDELSE")


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    return month_end(day) + DAY


class Story:
    """The rows of one person, whose home municipality works little, much or ever more with people."""

    def __init__(self, rng: Random, tables: dict[str, list[dict]], person_id: str):
        self.rng = rng
        self.tables = tables
        self.person_id = person_id
        self.episodes: list[tuple[str, date, date]] = []
        self.is_part_time = rng.random() < 0.25
        self.home = rng.choice(MUNICIPALITIES)
        self.effort = (LOW, RISING, HIGH)[MUNICIPALITIES.index(self.home) % 3]

    def has_high_effort(self, day: date) -> bool:
        return self.effort == HIGH or (self.effort == RISING and day >= RISES_ON)

    def add(self, table: str, **values) -> None:
        self.tables[table].append({"person_id": self.person_id, **values})

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def day_between(self, first: date, last: date) -> date:
        return first + self.rng.randint(0, max(0, (last - first).days)) * DAY

    def edge_between(self, first: date, last: date) -> date:
        """Often on or one day around a boundary, a month start or a month end; else any day."""
        near = [boundary for boundary in BOUNDARIES if first <= boundary <= last]
        draw = self.rng.random()
        if near and draw < 0.4:
            day = self.rng.choice(near) + self.rng.choice((-1, 0, 0, 1)) * DAY
        elif draw < 0.5:
            day = self.day_between(first, last).replace(day=1)
        elif draw < 0.6:
            day = month_end(self.day_between(first, last))
        else:
            day = self.day_between(first, last)
        return min(max(day, first), last)

    def episode_length(self) -> int:
        return self.rng.choice(
            (
                self.rng.choice(THRESHOLD_LENGTHS) + self.rng.randint(-2, 1),
                self.rng.randint(1, 40),
                self.rng.randint(30, 250),
                self.rng.randint(170, 230),
                self.rng.randint(350, 380),
                self.rng.randint(366, 900),
                self.rng.randint(500, 1300),
                self.rng.randint(1080, 2600),
            )
        )

    def after_gap(self, last: date) -> date:
        """The first day after a gap around the one calendar month that breaks a spell."""
        draw = self.rng.random()
        if draw < 0.25:
            return last + DAY
        if draw < 0.4:
            return last - self.rng.randint(0, 40) * DAY
        if draw < 0.55:
            return last + self.rng.randint(28, 63) * DAY
        whole_month = next_month(last)
        if draw < 0.7:
            return month_end(whole_month)
        if draw < 0.85:
            return month_end(whole_month) + DAY
        return last + self.rng.randint(60, 500) * DAY


def write_birth(story: Story) -> None:
    rng = story.rng
    draw = rng.random()
    if draw < 0.04:
        return
    if draw < 0.12:
        birth = date(rng.randint(2000, 2006), rng.randint(1, 12), rng.randint(1, 28))
    elif draw < 0.2:
        birth = rng.choice(BIRTH_STEPS) + rng.randint(-1, 2) * DAY
    elif draw < 0.28:
        birth = story.day_between(date(1952, 6, 1), date(1958, 12, 31))
    elif draw < 0.34:
        birth = date(rng.choice((1956, 1960, 1988, 1992, 2004)), 2, 29)
    elif draw < 0.5:
        birth = story.day_between(date(1987, 1, 1), date(1995, 12, 31))
    else:
        birth = story.day_between(date(1959, 1, 1), date(1999, 12, 31))
    story.add("cpr_personer", foedselsdato=birth)


def write_residence(story: Story) -> None:
    rng = story.rng
    if story.chance(0.03):
        return
    if story.chance(0.85):
        story.add("cpr_bopael", kommunekode=story.home, fra_dato=date(1995, 5, 1), til_dato=None)
        if story.chance(0.65):
            return
    first = rng.choice((date(1995, 5, 1), FIRST_DAY, story.edge_between(FIRST_DAY, date(2019, 12, 31))))
    for _ in range(rng.choice((1, 1, 2, 3, 4))):
        code = rng.choice(STRANGE_MUNICIPALITIES if story.chance(0.06) else MUNICIPALITIES)
        last = story.edge_between(max(first, FIRST_DAY), LAST_DAY)
        story.add("cpr_bopael", kommunekode=code, fra_dato=first, til_dato=None if story.chance(0.5) else last)
        first = rng.choice((first, last - 20 * DAY, last, last + DAY, last + DAY, last + 30 * DAY))
        first = min(max(first, date(1995, 1, 1)), LAST_DAY)


def write_visitation(story: Story) -> None:
    rng = story.rng
    first = story.edge_between(FIRST_DAY, date(2020, 12, 31))
    for _ in range(rng.choice((0, 1, 1, 2, 3, 4))):
        last = story.edge_between(first, LAST_DAY)
        end = None if story.chance(0.4) else last
        story.add("tass_visitation", visitationskategori=rng.choice(CATEGORIES), startdato=first, slutdato=end)
        first = min(rng.choice((first, last - 30 * DAY, last, last + DAY, last + 15 * DAY)), LAST_DAY)
        first = max(first, FIRST_DAY)


def choose_benefits(story: Story) -> list[str]:
    rng = story.rng
    if story.chance(0.45):
        return list(rng.choice(CHAINS))
    codes = [code for code, _ in MUNICIPAL_CODES] + ["A_DAGPENGE", "SYGEDAGPENGE"]
    weights = [weight for _, weight in MUNICIPAL_CODES] + [10, 7]
    return rng.choices(codes, weights, k=rng.choice((1, 1, 2, 3, 4)))


def write_shift_from_education(story: Story) -> None:
    """Uddannelseshjælp or overgangsydelse, then kontanthjælp, with courses across the shift in 2023."""
    rng = story.rng
    first = story.edge_between(date(2022, 9, 1), date(2023, 4, 1))
    shift = story.edge_between(first + 5 * DAY, date(2023, 12, 31))
    code = rng.choice(("UDDANNELSESHJAELP", "OVERGANGSYDELSE_UDEN_PROGRAM"))
    for episode in ((code, first, shift), ("KONTANTHJAELP", shift + DAY, shift + rng.randint(60, 500) * DAY)):
        story.episodes.append(episode)
        write_episode(story, *episode)
    for _ in range(3):
        start = story.edge_between(first, shift + 5 * DAY)
        add_offer(story, "VEJLEDNING_OPKVALIFICERING", start, start + rng.randint(5, 200) * DAY, None)


def write_episodes(story: Story) -> None:
    rng = story.rng
    if story.chance(0.08):
        write_shift_from_education(story)
        return
    first = story.edge_between(FIRST_DAY, rng.choice((date(2017, 12, 31), date(2021, 6, 30), date(2024, 6, 30))))
    if story.chance(0.2):
        first = date(2024, 1, 1) + rng.randint(-3, 120) * DAY
    elif story.chance(0.06):
        first = story.day_between(date(2008, 1, 1), date(2014, 12, 31))
    for code in choose_benefits(story):
        last = min(first + story.episode_length() * DAY, LAST_DAY)
        if first < date(2015, 1, 1):
            last = story.edge_between(date(2019, 1, 1), LAST_DAY)
        elif story.chance(0.3):
            last = story.edge_between(first, last)
        story.episodes.append((code, first, last))
        write_episode(story, code, first, last)
        first = max(story.after_gap(last), FIRST_DAY)
        if first >= LAST_DAY:
            return


def write_episode(story: Story, code: str, first: date, last: date) -> None:
    if code == "A_DAGPENGE":
        write_dagpenge(story, first, last)
    elif code == "SYGEDAGPENGE":
        write_sickness(story, first, last)
    else:
        write_municipal(story, code, first, last)


def payment_periods(story: Story, first: date, last: date) -> list[tuple[date, date]]:
    """Calendar months, four weeks or one long row, now and then with a gap or an overlap."""
    rng = story.rng
    if story.chance(0.2):
        return [(first, last)]
    is_monthly, periods, start = story.chance(0.8), [], first
    while start <= last:
        end = min(last, month_end(start) if is_monthly else start + 27 * DAY)
        periods.append((start, end))
        start = end + DAY
        draw = rng.random()
        if draw < 0.03:
            start = story.after_gap(end)
        elif draw < 0.06:
            start = next_month(end) + rng.choice((-1, 0, 1)) * DAY
        elif draw < 0.08:
            start = end - rng.randint(0, 5) * DAY
        start = max(start, periods[-1][0] + DAY)
    return periods


def write_municipal(story: Story, code: str, first: date, last: date) -> None:
    rng = story.rng
    for start, end in payment_periods(story, first, last):
        values = {
            "ydelseskode": code,
            "periode_start": start,
            "periode_slut": end,
            "kommunekode": rng.choice(MUNICIPALITIES),
        }
        is_early = start < date(2021, 1, 1)
        if not is_early or story.chance(0.3):
            story.add("ky_udbetalinger", **values)
        if is_early:
            story.add("kmd_aktiv_udbetalinger", **values)


def month_norm(story: Story) -> Decimal:
    return Decimal("130.00") if story.is_part_time else Decimal("160.33")


def paid_hours(story: Story, start: date, end: date) -> Decimal:
    rng = story.rng
    norm = month_norm(story)
    draw = rng.random()
    if draw < 0.05:
        return Decimal("0.00")
    if draw < 0.1:
        return Decimal(rng.randint(1, 300)) / 100
    if start.day == 1 and end == month_end(start) and draw < 0.8:
        return norm
    part = Decimal((end - start).days + 1) / Decimal(30)
    if draw < 0.3:
        part *= Decimal(rng.randint(20, 99)) / 100
    return (norm * part).quantize(Decimal("0.01"))


def add_dagpenge_row(story: Story, start: date, end: date, hours: Decimal, table: str | None = None) -> None:
    rng = story.rng
    is_part_time = story.is_part_time != story.chance(0.03)
    story.add(
        table or ("ram_udbetalinger" if start <= date(2017, 6, 30) else "fleur_udbetalinger"),
        ydelsestype=rng.choice(DAGPENGE_TYPES),
        periode_start=start,
        periode_slut=end,
        timer=hours,
        forsikringsart="DELTID" if is_part_time else "FULDTID",
        akassekode=rng.choice(("01", "17", "33")),
        arbejdsfordeling=story.chance(0.03),
    )


def write_dagpenge(story: Story, first: date, last: date) -> None:
    rng = story.rng
    for start, end in payment_periods(story, first, last):
        add_dagpenge_row(story, start, end, paid_hours(story, start, end))
        if story.chance(0.04):
            middle = story.day_between(start, end)
            add_dagpenge_row(story, middle, min(end + 5 * DAY, LAST_DAY), Decimal("12.34"))
        if story.chance(0.02):
            saturday = start + (5 - start.weekday()) % 7 * DAY
            add_dagpenge_row(story, saturday, saturday + rng.randint(0, 1) * DAY, Decimal("7.41"))
        if story.chance(0.02):
            story.is_part_time = not story.is_part_time
        if story.chance(0.02):
            ignored = "fleur_udbetalinger" if start <= date(2017, 6, 30) else "ram_udbetalinger"
            add_dagpenge_row(story, start, end, Decimal("50.00"), ignored)
    write_dagpenge_periods(story, first, last)
    if story.chance(0.3):
        write_other_benefit_between(story, first, last)
    if story.chance(0.3):
        start = story.edge_between(first, last)
        write_subsidy(story, "A_DAGPENGE", start, min(start + rng.randint(1, 200) * DAY, LAST_DAY))
    if story.chance(0.1):
        write_subsidy(story, "A_DAGPENGE", last - 5 * DAY, min(last + rng.randint(1, 150) * DAY, LAST_DAY))


def write_other_benefit_between(story: Story, first: date, last: date) -> None:
    """Another benefit inside a dagpenge period, with conversations around it."""
    rng = story.rng
    start = story.edge_between(first, last)
    end = start + rng.choice((0, 10, 40)) * DAY
    for row in story.tables["fleur_udbetalinger"]:
        if row["person_id"] == story.person_id and start <= row["periode_start"] <= end:
            row["timer"] = Decimal("0.00")
    write_municipal(story, rng.choice(("KONTANTHJAELP", "FLEKSJOB", "RESSOURCEFORLOEB")), start, end)
    for day in (start - DAY, start, story.day_between(start, end), end, end + DAY):
        add_conversation(story, day, rng.choice(("JOBSAMTALE", "FAELLESSAMTALE")))


def write_dagpenge_periods(story: Story, first: date, last: date) -> None:
    rng = story.rng
    if story.chance(0.04):
        return
    first_days = {first + rng.choice((0, 0, 0, 0, -10, 5, 17)) * DAY}
    if story.chance(0.3):
        first_days.add(story.edge_between(first, last))
    if story.chance(0.1):
        first_days.add(last + rng.randint(1, 40) * DAY)
    for day in sorted(first_days):
        end = None if story.chance(0.5) else day + 730 * DAY
        story.add("taeller_dagpengeperioder", foerste_dag=day, sidste_dag=end)


def write_sickness(story: Story, first: date, last: date) -> None:
    """One spell, or several that touch, overlap, nest or repeat."""
    rng = story.rng
    rows = [(first, last)]
    for _ in range(rng.choice((0, 0, 1, 2, 3))):
        start, end = rng.choice(rows)
        following = end + rng.choice((-1, 0, 1, 2)) * DAY
        inside = story.day_between(start, end)
        length = rng.choice((0, 0, 3, 60)) * DAY
        new = rng.choice(
            (
                (following, following + length),
                (start, start),
                (end, end),
                (inside, inside),
                (inside, min(inside + length, end)),
                (start, story.day_between(start, end)),
                (start, end),
                (inside, end + length),
            )
        )
        rows.append((max(new[0], FIRST_DAY), max(new[0], new[1], FIRST_DAY)))
    for start, end in rows:
        values = {
            "foerste_fravaersdag": start,
            "sidste_fravaersdag": None if end >= date(2024, 8, 1) and story.chance(0.5) else end,
            "kommunekode": rng.choice(MUNICIPALITIES),
        }
        if start < date(2020, 5, 25) and story.chance(0.6):
            story.add("kmd_sygedagpenge", **values)
        else:
            story.add("ksd_sygedagpenge", **values)
        if story.chance(0.1):
            story.add("kmd_sygedagpenge", **values)
    if story.chance(0.4):
        start = story.edge_between(first, last)
        end = start + rng.choice((0, 5, 90)) * DAY
        story.add("ksd_delvis_raskmelding", startdato=start, slutdato=None if story.chance(0.2) else end)


def write_forrevalidering(story: Story) -> None:
    if story.chance(0.12):
        _, first, last = story.rng.choice(story.episodes)
        start = story.edge_between(first, last)
        end = story.edge_between(start, min(start + 300 * DAY, LAST_DAY))
        story.add("ky_forrevalidering", startdato=start, slutdato=None if story.chance(0.2) else end)


def write_absences(story: Story) -> None:
    rng = story.rng
    for code, first, last in story.episodes:
        for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
            start = story.edge_between(first, last)
            if story.chance(0.3):
                start = first + rng.randint(-5, 3) * DAY
            if story.chance(0.2):
                start = start.replace(day=1)
            lengths = (0, 4, 8, 9, 13, 14, 30, 60, 120, (last - first).days // 2, (last - first).days // 3)
            end = start + rng.choice(lengths) * DAY
            if story.chance(0.2):
                end = month_end(end)
            end = min(end, date(2099, 12, 31))
            add_absence(story, start, end)
            if story.chance(0.25):
                following = end + rng.choice((-3, 0, 1, 2)) * DAY
                add_absence(story, following, following + rng.choice((0, 10, 60)) * DAY)


def add_absence(story: Story, start: date, end: date) -> None:
    code = story.rng.choice(
        (
            story.rng.choice(ABSENCE_CODES),
            story.rng.choice(("2", "43", "44", "77")),
            story.rng.choice(("3", "70", "65", "78")),
            story.rng.choice(("8", "OPFOELGNING_UDEN_KONTAKT")),
        )
    )
    slutdato = None if story.chance(0.05) else end
    story.add("tass_fravaer", fravaer_kode=code, startdato=start, slutdato=slutdato)


def write_mii(story: Story) -> None:
    rng = story.rng
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        _, first, last = rng.choice(story.episodes)
        start = story.edge_between(first, last)
        end = start + rng.choice((0, 1, 3, 4, 4, 5, 30)) * DAY
        story.add("tass_mii", startdato=start, slutdato=None if story.chance(0.05) else end)


def write_registrations(story: Story) -> None:
    rng = story.rng
    for _, first, _ in story.episodes:
        if first >= date(2023, 9, 1) or story.chance(0.1):
            for _ in range(rng.choice((0, 1, 2, 3))):
                back = rng.choice((0, 1, 2, 30, 60, 88, 89, 90, 91, 92, 93, rng.randint(1, 100)))
                day = first - back * DAY
                story.add("tass_tilmeldinger", henvendelsesdato=day)
                if story.chance(0.7):
                    add_conversation(story, day + rng.choice((0, 0, 1, 10)) * DAY, "JOBSAMTALE")


def add_conversation(story: Story, day: date, kind: str) -> None:
    rng = story.rng
    other_forms = 0.3 if story.has_high_effort(day) else 0.7
    status = "AFHOLDT" if story.chance(0.9) else rng.choice(("AFLYST", "UDEBLEVET", "PLANLAGT"))
    story.add(
        "tass_samtaler",
        samtale_id=str(rng.randint(1, 10**9)),
        samtaledato=day,
        samtaletype=kind,
        kontaktform=rng.choice(FORMS) if story.chance(other_forms) else "PERSONLIGT_FREMMOEDE",
        afholdt_af=rng.choices(HOLDERS, (5, 2, 2))[0],
        status=status,
        kommunekode=rng.choice((*MUNICIPALITIES, "000")),
    )


def write_conversations(story: Story) -> None:
    rng = story.rng
    for code, first, last in story.episodes:
        usual = "SYGEOPFOELGNING" if code == "SYGEDAGPENGE" else "JOBSAMTALE"
        pace = rng.choice((30, 60, 90, 200, 2000))
        day = max(first, date(2015, 1, 1)) + rng.randint(-20, pace) * DAY
        while day <= last:
            kind = usual if story.chance(0.85) else rng.choice(("JOBSAMTALE", "SYGEOPFOELGNING", *OTHER_KINDS))
            add_conversation(story, day, kind)
            if story.chance(0.15):
                add_conversation(story, day, rng.choice((usual, kind, "FAELLESSAMTALE")))
            day += rng.randint(1, 70 if story.has_high_effort(day) else 2 * pace) * DAY
        for _ in range(rng.choice((0, 1, 2, 4))):
            add_conversation(story, story.edge_between(first, last), usual)
        if story.chance(0.3):
            add_conversation(story, first, usual)
    if story.chance(0.02):
        story.tables["tass_samtaler"][-1]["status"] = "PLANLAGT"


def add_offer(story: Story, kind: str, start: date, end: date | None, benefit: str | None) -> None:
    rng = story.rng
    is_course = kind == "VEJLEDNING_OPKVALIFICERING"
    story.add(
        "plan_tilbud",
        tilbud_id=str(rng.randint(1, 10**9)),
        tilbudstype=kind,
        kursus_id=rng.choice(COURSES) if is_course else None,
        lab_paragraf=rng.choice(("90", "91", "97", "97b", None)),
        bevillingsramme=rng.choice((None, None, 5, 18, 7)),
        forsoergelsesydelse=benefit,
        startdato=start,
        slutdato=end,
        kommunekode=rng.choice(MUNICIPALITIES),
    )


def write_subsidy(story: Story, benefit: str, start: date, end: date) -> None:
    add_offer(story, "LOENTILSKUD", start, None if story.chance(0.03) else max(start, end), benefit)


def write_offers(story: Story) -> None:
    rng = story.rng
    for code, first, last in story.episodes:
        write_yearly_offers(story, max(first, date(2015, 6, 1)), last)
        for _ in range(rng.choice((0, 0, 1, 2, 3))):
            kind = rng.choices(OFFER_KINDS, (3, 1, 1, 8, 3))[0]
            start = story.edge_between(max(first - 20 * DAY, FIRST_DAY), last)
            if kind == "MENTOR" and story.chance(0.5):
                start = date(2019, 12, 31) + rng.randint(-30, 2) * DAY
            end = start + rng.choice((0, 6, 30, 90, 200)) * DAY
            if kind == "LOENTILSKUD":
                write_subsidy(story, rng.choice((code, *SUBSIDY_BENEFITS)), start, end)
            else:
                add_offer(story, kind, start, None if story.chance(0.05) else end, None)
    for row in story.tables["plan_tilbud"]:
        if row["person_id"] == story.person_id and row["forsoergelsesydelse"] not in (None, *SUBSIDY_BENEFITS):
            row["forsoergelsesydelse"] = "KONTANTHJAELP"


def write_yearly_offers(story: Story, first: date, last: date) -> None:
    day = first + story.rng.randint(0, 200) * DAY
    while day <= last:
        if story.has_high_effort(day) and story.chance(0.9):
            kind = story.rng.choice(("VIRKSOMHEDSPRAKTIK", "NYTTEINDSATS", "VEJLEDNING_OPKVALIFICERING"))
            add_offer(story, kind, day, day + story.rng.randint(0, 90) * DAY, None)
        day += story.rng.randint(150, 300) * DAY


def write_income(story: Story) -> None:
    rng = story.rng
    for _, first, last in story.episodes:
        draw = rng.random()
        if draw < 0.25:
            hours = Decimal(rng.choice(("99.99", "100.00", "100.01", "224.99", "225.00", "225.01")))
            start = story.edge_between(first, last)
            story.add("eindkomst_loentimer", periode_start=start, periode_slut=start + 20 * DAY, loentimer=hours)
        elif draw < 0.5:
            hours = Decimal(rng.choice(("8.34", "10.00", "18.75", "20.05")))
            start = first
            while start <= last:
                end = month_end(start)
                story.add("eindkomst_loentimer", periode_start=start, periode_slut=end, loentimer=hours)
                start = end + DAY


def write_person(rng: Random, tables: dict[str, list[dict]], person_id: str) -> None:
    story = Story(rng, tables, person_id)
    write_birth(story)
    write_residence(story)
    write_visitation(story)
    write_episodes(story)
    write_forrevalidering(story)
    write_absences(story)
    write_mii(story)
    write_conversations(story)
    write_registrations(story)
    write_offers(story)
    write_income(story)


def write_population(rng: Random, tables: dict[str, list[dict]]) -> None:
    quarters = [date(year, month, 1) for year in range(2018, 2025) for month in (1, 4, 7, 10)]
    for municipality in (*MUNICIPALITIES[:-1], "000", "155"):
        for quarter in quarters:
            if rng.random() < 0.97:
                tables["dst_befolkning"] += [
                    {"kommunekode": municipality, "kvartal": quarter, "alder": age, "antal": rng.randint(0, 60)}
                    for age in (14, 15, 29, 30, 64, 65)
                ]


def write_results(rng: Random, tables: dict[str, list[dict]]) -> None:
    for municipality in (*MUNICIPALITIES, "155", "999", "000"):
        for year in range(2018, 2025):
            if rng.random() < 0.92:
                expected = Decimal(rng.randint(100000, 200000)).scaleb(-6)
                difference = rng.choice((-1000, -1, 0, 1, 1000, 5000, 5000))
                tables["bm_resultatmaal"].append(
                    {
                        "kommunekode": municipality,
                        "aar": year,
                        "faktisk_ydelsesgrad": expected + Decimal(difference).scaleb(-6),
                        "forventet_ydelsesgrad": expected,
                    }
                )


def write_clusters(rng: Random, tables: dict[str, list[dict]]) -> None:
    for target_group in TARGET_GROUPS:
        for municipality in (*MUNICIPALITIES, "155"):
            if rng.random() < 0.8:
                cluster = rng.choice(("A", "B", "C"))
                tables["kommune_klynger"].append(
                    {"kommunekode": municipality, "target_group": target_group, "cluster": cluster}
                )


def without_duplicates(table: str, rows: list[dict]) -> list[dict]:
    """X-02: the first of equal rows and of equal keys, in the contract's column order."""
    columns, key_columns = CONTRACT[table], KEYS.get(table)
    kept, seen = [], set()
    for row in rows:
        values = {name: row[name] for name in columns}
        key = tuple(values[name] for name in key_columns or columns)
        if key not in seen:
            seen.add(key)
            kept.append(values)
    return kept


def random_delivery(seed: int, persons: int) -> dict[str, list[dict]]:
    """A deterministic delivery of so many persons; every table is present, some may be empty."""
    rng = Random(seed)
    tables: dict[str, list[dict]] = {table: [] for table in CONTRACT}
    for number in range(persons):
        write_person(rng, tables, f"p{number:05d}")
    write_population(rng, tables)
    write_results(rng, tables)
    write_clusters(rng, tables)
    return {table: without_duplicates(table, rows) for table, rows in tables.items()}
