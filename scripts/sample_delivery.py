"""Build a small delivery row by row: one method per fact, each adding rows to the tables of the raw contract."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2017, 1, 1)
LAST_DAY = date(2024, 12, 31)
FLEUR_FROM = date(2017, 7, 1)
DAY = timedelta(days=1)

COLUMNS = {
    "tass_samtaler": (
        "samtale_id",
        "person_id",
        "samtaledato",
        "samtaletype",
        "kontaktform",
        "afholdt_af",
        "status",
        "kommunekode",
    ),
    "tass_fravaer": ("person_id", "fravaer_kode", "startdato", "slutdato"),
    "tass_visitation": ("person_id", "visitationskategori", "startdato", "slutdato"),
    "tass_tilmeldinger": ("person_id", "henvendelsesdato"),
    "tass_mii": ("person_id", "startdato", "slutdato"),
    "fleur_udbetalinger": (
        "person_id",
        "ydelsestype",
        "periode_start",
        "periode_slut",
        "timer",
        "forsikringsart",
        "akassekode",
        "arbejdsfordeling",
    ),
    "ram_udbetalinger": (
        "person_id",
        "ydelsestype",
        "periode_start",
        "periode_slut",
        "timer",
        "forsikringsart",
        "akassekode",
        "arbejdsfordeling",
    ),
    "taeller_dagpengeperioder": ("person_id", "foerste_dag", "sidste_dag"),
    "ky_udbetalinger": ("person_id", "ydelseskode", "periode_start", "periode_slut", "kommunekode"),
    "kmd_aktiv_udbetalinger": ("person_id", "ydelseskode", "periode_start", "periode_slut", "kommunekode"),
    "ky_forrevalidering": ("person_id", "startdato", "slutdato"),
    "ksd_sygedagpenge": ("person_id", "foerste_fravaersdag", "sidste_fravaersdag", "kommunekode"),
    "kmd_sygedagpenge": ("person_id", "foerste_fravaersdag", "sidste_fravaersdag", "kommunekode"),
    "ksd_delvis_raskmelding": ("person_id", "startdato", "slutdato"),
    "plan_tilbud": (
        "tilbud_id",
        "person_id",
        "tilbudstype",
        "kursus_id",
        "lab_paragraf",
        "bevillingsramme",
        "forsoergelsesydelse",
        "startdato",
        "slutdato",
        "kommunekode",
    ),
    "eindkomst_loentimer": ("person_id", "periode_start", "periode_slut", "loentimer"),
    "cpr_personer": ("person_id", "foedselsdato"),
    "cpr_bopael": ("person_id", "kommunekode", "fra_dato", "til_dato"),
    "dst_befolkning": ("kommunekode", "kvartal", "alder", "antal"),
    "bm_resultatmaal": ("kommunekode", "aar", "faktisk_ydelsesgrad", "forventet_ydelsesgrad"),
    "kommune_klynger": ("kommunekode", "target_group", "cluster"),
}

# first month of the municipality's payments in KY; KMD Aktiv before it
KY_FROM = {
    "101": date(2021, 3, 1),
    "217": date(2020, 9, 1),
    "269": date(2021, 11, 1),
    "461": date(2020, 11, 1),
    "575": date(2021, 1, 1),
    "751": date(2021, 6, 1),
    "840": date(2020, 10, 1),
    "851": date(2021, 9, 1),
}
MUNICIPALITIES = tuple(KY_FROM)

# last day in KMD's sickness register where it is not 24 May 2020
KMD_SICKNESS_UNTIL = {"217": date(2019, 11, 24), "575": date(2019, 11, 24), "751": date(2020, 2, 23)}
FULL_TIME_HOURS = 160.33
PART_TIME_HOURS = 130.0


def month_end(day: date) -> date:
    """Return the last day of the month of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - DAY


def months_in(start: date, end: date) -> Iterator[tuple[date, date]]:
    """Yield the calendar months of [start, end], the first and the last cut to it."""
    while start <= end:
        yield start, min(end, month_end(start))
        start = month_end(start) + DAY


def weekdays_in(start: date, end: date) -> int:
    """Return the number of Mondays to Fridays in [start, end]."""
    return sum((start + timedelta(days=n)).weekday() < 5 for n in range((end - start).days + 1))


def add_years(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 February in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class Delivery:
    """The rows of all tables, in the order in which they were added."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple]] = {table: [] for table in COLUMNS}
        self.homes: dict[str, list[tuple[date, str]]] = {}

    def add(self, table: str, *values: object) -> None:
        """Add one row to a table. Raises ValueError when the number of values is not that of the columns."""
        if len(values) != len(COLUMNS[table]):
            raise ValueError(f"{table} has {len(COLUMNS[table])} columns, got {len(values)} values")
        self.rows[table].append(values)

    def home_on(self, person: str, day: date) -> str:
        """Return the municipality where the person lives that day; Odense when none is known."""
        known = [code for since, code in self.homes.get(person, []) if since <= day and code in KY_FROM]
        return known[-1] if known else "461"

    def person(self, person: str, born: date, home: str = "461", moves: tuple[tuple[date, str], ...] = ()) -> str:
        """Add a person with a birth date and a residence, moving on the days given, and return the id."""
        self.add("cpr_personer", person, born)
        stays = [(date(2010, 1, 1), home), *moves]
        self.homes[person] = stays
        for (since, code), (left, _) in zip(stays, stays[1:], strict=False):
            self.add("cpr_bopael", person, code, since, left - DAY)
        self.add("cpr_bopael", person, stays[-1][1], stays[-1][0], None)
        return person

    def pay(self, person: str, benefit: str, start: date, end: date, register: str | None = None) -> None:
        """Add monthly municipal payments, in KY or KMD Aktiv by the month and the municipality unless one is named."""
        for first, last in months_in(start, end):
            home = self.home_on(person, first)
            own = "ky_udbetalinger" if first >= KY_FROM[home] else "kmd_aktiv_udbetalinger"
            self.add(register or own, person, benefit, first, last, home)

    def insure(
        self,
        person: str,
        start: date,
        end: date,
        share: float = 1.0,
        form: str = "FULDTID",
        kind: str = "A_DAGPENGE",
        is_work_sharing: bool = False,
    ) -> None:
        """Add monthly payments of a-dagpenge with this share of the full hours, in RAM or FLEUR by the month."""
        norm = FULL_TIME_HOURS if form == "FULDTID" else PART_TIME_HOURS
        for first, last in months_in(start, end):
            whole = weekdays_in(first.replace(day=1), month_end(first))
            hours = f"{norm * share * weekdays_in(first, last) / whole:.2f}"
            self.add_insured(person, first, last, hours, form, kind, is_work_sharing)

    def add_insured(
        self,
        person: str,
        start: date,
        end: date,
        hours: str,
        form: str = "FULDTID",
        kind: str = "A_DAGPENGE",
        is_work_sharing: bool = False,
        register: str | None = None,
    ) -> None:
        """Add one a-dagpenge row with these hours, in RAM or FLEUR by its first day unless one is named."""
        own = "fleur_udbetalinger" if start >= FLEUR_FROM else "ram_udbetalinger"
        self.add(register or own, person, kind, start, end, hours, form, "07", str(is_work_sharing).lower())

    def dagpenge_period(self, person: str, first: date, last: date | None = None) -> None:
        """Add the first day of a dagpenge period."""
        self.add("taeller_dagpengeperioder", person, first, last)

    def sick(self, person: str, start: date, end: date | None, register: str | None = None) -> None:
        """Add a sickness spell; one that runs when the municipality leaves KMD stands in both registers."""
        home = self.home_on(person, start)
        kmd_end = KMD_SICKNESS_UNTIL.get(home, date(2020, 5, 24))
        if register is not None:
            self.add(register, person, start, end, home)
            return
        if start <= kmd_end:
            self.add("kmd_sygedagpenge", person, start, min(end or kmd_end, kmd_end), home)
        if end is None or end > kmd_end:
            self.add("ksd_sygedagpenge", person, start, end, home)

    def talk(
        self,
        person: str,
        day: date,
        form: str = "PERSONLIGT_FREMMOEDE",
        kind: str = "JOBSAMTALE",
        holder: str = "JOBCENTER",
        status: str = "AFHOLDT",
        home: str | None = None,
    ) -> None:
        """Add a conversation, by default a personal job conversation held by the jobcentre of the residence."""
        number = len(self.rows["tass_samtaler"]) + 1
        self.add(
            "tass_samtaler",
            f"S{number:06d}",
            person,
            day,
            kind,
            form,
            holder,
            status,
            home or self.home_on(person, day),
        )

    def offer(
        self,
        person: str,
        kind: str,
        start: date,
        end: date | None,
        course: int | None = None,
        paragraph: str | None = None,
        pool: int | None = None,
        benefit: str | None = None,
    ) -> None:
        """Add an offer; a course for guidance and training, the benefit for a wage subsidy."""
        number = len(self.rows["plan_tilbud"]) + 1
        self.add(
            "plan_tilbud",
            f"T{number:06d}",
            person,
            kind,
            course,
            paragraph,
            pool,
            benefit,
            start,
            end,
            self.home_on(person, start),
        )

    def course(
        self,
        person: str,
        start: date,
        end: date | None,
        course: int,
        paragraph: str | None = "91",
        pool: int | None = None,
    ) -> None:
        """Add an offer of guidance and training."""
        self.offer(person, "VEJLEDNING_OPKVALIFICERING", start, end, course, paragraph, pool)

    def absent(self, person: str, code: str, start: date, end: date | None) -> None:
        """Add an absence with its code."""
        self.add("tass_fravaer", person, code, start, end)

    def visit(self, person: str, category: str, start: date, end: date | None = None) -> None:
        """Add a visitation category."""
        self.add("tass_visitation", person, category, start, end)

    def register(self, person: str, day: date) -> None:
        """Add a registration at the jobcentre."""
        self.add("tass_tilmeldinger", person, day)

    def earn(self, person: str, start: date, end: date, hours: str) -> None:
        """Add hours of ordinary work in a period."""
        self.add("eindkomst_loentimer", person, start, end, hours)

    def write(self, folder: Path) -> None:
        """Write one CSV file per table into the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, columns in COLUMNS.items():
            with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(self.rows[table])
