"""A delivery cut at the as-of date and grouped by person (raw-contract.md)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from .days import ordinal

PERIOD_COLUMNS = {
    "tass_fravaer": ("startdato", "slutdato"),
    "tass_visitation": ("startdato", "slutdato"),
    "tass_mii": ("startdato", "slutdato"),
    "fleur_udbetalinger": ("periode_start", "periode_slut"),
    "ram_udbetalinger": ("periode_start", "periode_slut"),
    "ky_udbetalinger": ("periode_start", "periode_slut"),
    "kmd_aktiv_udbetalinger": ("periode_start", "periode_slut"),
    "ky_forrevalidering": ("startdato", "slutdato"),
    "ksd_sygedagpenge": ("foerste_fravaersdag", "sidste_fravaersdag"),
    "kmd_sygedagpenge": ("foerste_fravaersdag", "sidste_fravaersdag"),
    "ksd_delvis_raskmelding": ("startdato", "slutdato"),
    "plan_tilbud": ("startdato", "slutdato"),
    "eindkomst_loentimer": ("periode_start", "periode_slut"),
    "cpr_bopael": ("fra_dato", "til_dato"),
}
EVENT_COLUMNS = {
    "tass_samtaler": "samtaledato",
    "tass_tilmeldinger": "henvendelsesdato",
    "taeller_dagpengeperioder": "foerste_dag",
}
AS_OF_COLUMNS = {
    "fleur_udbetalinger": "periode_slut",
    "ram_udbetalinger": "periode_slut",
    "ky_udbetalinger": "periode_slut",
    "kmd_aktiv_udbetalinger": "periode_slut",
    "ksd_sygedagpenge": "sidste_fravaersdag",
    "kmd_sygedagpenge": "sidste_fravaersdag",
    "tass_samtaler": "samtaledato",
}


@dataclass(frozen=True)
class Period:
    """An inclusive period of days, cut at the as-of date; `row` is the row as delivered."""

    first: int
    last: int
    row: dict


def default_as_of(tables: dict[str, list[dict]], today: date) -> date:
    """raw-contract.md: min(today, latest non-null end or event date of payments, sickness, conversations)."""
    latest = [
        row[column]
        for table, column in AS_OF_COLUMNS.items()
        for row in tables.get(table, ())
        if row[column] is not None
    ]
    return min(today, max(latest, default=today))


class Delivery:
    """Typed rows without quarantined rows; facts dated after the as-of date are not used."""

    def __init__(self, tables: dict[str, list[dict]], as_of: date):
        self.tables = tables
        self.as_of = ordinal(as_of)
        self._by_person: dict[str, dict[str, list[dict]]] = {}
        for table, rows in tables.items():
            if rows and "person_id" in rows[0]:
                grouped = defaultdict(list)
                for row in rows:
                    grouped[row["person_id"]].append(row)
                self._by_person[table] = grouped

    def person_ids(self) -> list[str]:
        return sorted({person_id for grouped in self._by_person.values() for person_id in grouped})

    def rows(self, table: str, person_id: str) -> list[dict]:
        return self._by_person.get(table, {}).get(person_id, [])

    def periods(self, table: str, person_id: str) -> list[Period]:
        """Rows starting after the as-of date are left out; open and later ends become the as-of date."""
        start_column, end_column = PERIOD_COLUMNS[table]
        periods = []
        for row in self.rows(table, person_id):
            first = ordinal(row[start_column])
            if first <= self.as_of:
                end = row[end_column]
                last = self.as_of if end is None else min(ordinal(end), self.as_of)
                periods.append(Period(first, last, row))
        return periods

    def events(self, table: str, person_id: str) -> list[tuple[int, dict]]:
        column = EVENT_COLUMNS[table]
        dated = [(ordinal(row[column]), row) for row in self.rows(table, person_id)]
        return [(day, row) for day, row in dated if day <= self.as_of]
