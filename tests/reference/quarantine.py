"""Rules X-01 and X-02: raw text rows become typed rows, or go to quarantine with a reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .parameters import DEAD_CODES, EXEMPT_CODES, EXEMPT_CODES_BY_CATEGORY, MUNICIPAL_CODES, TARGET_GROUPS

MISSING_VALUE = "missing_value"
UNKNOWN_CODE = "unknown_code"
IMPOSSIBLE_DATE = "impossible_date"
IMPOSSIBLE_NUMBER = "impossible_number"
END_BEFORE_START = "end_before_start"
DUPLICATE_ROW = "duplicate_row"
DUPLICATE_KEY = "duplicate_key"
REASON_ORDER = (MISSING_VALUE, UNKNOWN_CODE, IMPOSSIBLE_DATE, IMPOSSIBLE_NUMBER, END_BEFORE_START)

FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(2100, 12, 31)
LARGEST_INTEGER = 2**31 - 1
PERSON_ID_LENGTH = 64

RawRow = dict[str, str | None]


class ContractError(ValueError):
    """A value breaks the contract; the message is the reason code."""


@dataclass(frozen=True)
class Column:
    parse: Callable[[str], object]
    is_optional: bool = False


def parse_text(text: str) -> str:
    return text


def parse_person_id(text: str) -> str:
    if len(text) > PERSON_ID_LENGTH:
        raise ContractError(UNKNOWN_CODE)
    return text


def parse_municipality(text: str) -> str:
    if not re.fullmatch("[0-9]{3}", text):
        raise ContractError(UNKNOWN_CODE)
    return text


def code_parser(codes: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in codes:
            raise ContractError(UNKNOWN_CODE)
        return text

    return parse


def parse_course(text: str) -> int:
    if not re.fullmatch("[0-9]+", text) or int(text) not in COURSES:
        raise ContractError(UNKNOWN_CODE)
    return int(text)


def parse_boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ContractError(UNKNOWN_CODE)
    return text.lower() == "true"


def parse_date(text: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ContractError(IMPOSSIBLE_DATE)
    try:
        value = date.fromisoformat(text)
    except ValueError:
        raise ContractError(IMPOSSIBLE_DATE) from None
    if not FIRST_DATE <= value <= LAST_DATE:
        raise ContractError(IMPOSSIBLE_DATE)
    return value


def parse_quarter(text: str) -> date:
    value = parse_date(text)
    if value.day != 1 or value.month not in (1, 4, 7, 10):
        raise ContractError(IMPOSSIBLE_DATE)
    return value


def decimal_parser(precision: int, scale: int) -> Callable[[str], Decimal]:
    def parse(text: str) -> Decimal:
        number = re.fullmatch("[0-9]+(?:[.]([0-9]+))?", text)
        if not number or len(number[1] or "") > scale or Decimal(text) >= 10 ** (precision - scale):
            raise ContractError(IMPOSSIBLE_NUMBER)
        return Decimal(text)

    return parse


def parse_integer(text: str) -> int:
    if not re.fullmatch("[0-9]+", text) or int(text) > LARGEST_INTEGER:
        raise ContractError(IMPOSSIBLE_NUMBER)
    return int(text)


COURSES = (25, 26, 27, 28, 29, 30, 36, 40, 41, 42, 43, 44, 45, 46, 47, 48)
ABSENCE_CODES = sorted(
    set().union(*EXEMPT_CODES.values()) | {code for _, code in EXEMPT_CODES_BY_CATEGORY} | {"65", *DEAD_CODES}
)
SUBSIDY_BENEFITS = (
    "A_DAGPENGE",
    "SYGEDAGPENGE",
    "KONTANTHJAELP",
    "UDDANNELSESHJAELP",
    "OVERGANGSYDELSE_UDEN_PROGRAM",
    "REVALIDERING",
    "RESSOURCEFORLOEB",
    "JOBAFKLARING",
    "LEDIGHEDSYDELSE",
)

TEXT = Column(parse_text)
OPTIONAL_TEXT = Column(parse_text, is_optional=True)
PERSON = Column(parse_person_id)
MUNICIPALITY = Column(parse_municipality)
DATE = Column(parse_date)
OPTIONAL_DATE = Column(parse_date, is_optional=True)
INTEGER = Column(parse_integer)
OPTIONAL_INTEGER = Column(parse_integer, is_optional=True)


def one_of(*codes: str) -> Column:
    return Column(code_parser(codes))


DAGPENGE_COLUMNS = {
    "person_id": PERSON,
    "ydelsestype": one_of("A_DAGPENGE", "SAERLIG_UDDANNELSESYDELSE", "ARBEJDSMARKEDSYDELSE", "KONTANTYDELSE"),
    "periode_start": DATE,
    "periode_slut": DATE,
    "timer": Column(decimal_parser(7, 2)),
    "forsikringsart": one_of("FULDTID", "DELTID"),
    "akassekode": TEXT,
    "arbejdsfordeling": Column(parse_boolean),
}
MUNICIPAL_COLUMNS = {
    "person_id": PERSON,
    "ydelseskode": one_of(*MUNICIPAL_CODES),
    "periode_start": DATE,
    "periode_slut": DATE,
    "kommunekode": MUNICIPALITY,
}
SICKNESS_COLUMNS = {
    "person_id": PERSON,
    "foerste_fravaersdag": DATE,
    "sidste_fravaersdag": OPTIONAL_DATE,
    "kommunekode": MUNICIPALITY,
}
PERIOD_COLUMNS = {"person_id": PERSON, "startdato": DATE, "slutdato": OPTIONAL_DATE}

CONTRACT: dict[str, dict[str, Column]] = {
    "tass_samtaler": {
        "samtale_id": TEXT,
        "person_id": PERSON,
        "samtaledato": DATE,
        "samtaletype": one_of(
            "JOBSAMTALE", "FAELLESSAMTALE", "SYGEOPFOELGNING", "CV_SAMTALE", "RAADIGHEDSSAMTALE", "ANDEN"
        ),
        "kontaktform": one_of("PERSONLIGT_FREMMOEDE", "VIDEO", "TELEFON", "ANDEN"),
        "afholdt_af": one_of("JOBCENTER", "ANDEN_AKTOER", "AKASSE"),
        "status": one_of("AFHOLDT", "AFLYST", "UDEBLEVET", "PLANLAGT"),
        "kommunekode": MUNICIPALITY,
    },
    "tass_fravaer": {
        "person_id": PERSON,
        "fravaer_kode": one_of(*ABSENCE_CODES),
        "startdato": DATE,
        "slutdato": OPTIONAL_DATE,
    },
    "tass_visitation": {
        "person_id": PERSON,
        "visitationskategori": one_of(
            "JOBPARAT", "AKTIVITETSPARAT", "UDDANNELSESPARAT", "AABENLYS_UDDANNELSESPARAT"
        ),
        "startdato": DATE,
        "slutdato": OPTIONAL_DATE,
    },
    "tass_tilmeldinger": {"person_id": PERSON, "henvendelsesdato": DATE},
    "tass_mii": PERIOD_COLUMNS,
    "fleur_udbetalinger": DAGPENGE_COLUMNS,
    "ram_udbetalinger": DAGPENGE_COLUMNS,
    "taeller_dagpengeperioder": {"person_id": PERSON, "foerste_dag": DATE, "sidste_dag": OPTIONAL_DATE},
    "ky_udbetalinger": MUNICIPAL_COLUMNS,
    "kmd_aktiv_udbetalinger": MUNICIPAL_COLUMNS,
    "ky_forrevalidering": PERIOD_COLUMNS,
    "ksd_sygedagpenge": SICKNESS_COLUMNS,
    "kmd_sygedagpenge": SICKNESS_COLUMNS,
    "ksd_delvis_raskmelding": PERIOD_COLUMNS,
    "plan_tilbud": {
        "tilbud_id": TEXT,
        "person_id": PERSON,
        "tilbudstype": one_of(
            "VIRKSOMHEDSPRAKTIK", "LOENTILSKUD", "NYTTEINDSATS", "VEJLEDNING_OPKVALIFICERING", "MENTOR"
        ),
        "kursus_id": Column(parse_course, is_optional=True),
        "lab_paragraf": OPTIONAL_TEXT,
        "bevillingsramme": OPTIONAL_INTEGER,
        "forsoergelsesydelse": Column(code_parser(SUBSIDY_BENEFITS), is_optional=True),
        "startdato": DATE,
        "slutdato": OPTIONAL_DATE,
        "kommunekode": MUNICIPALITY,
    },
    "eindkomst_loentimer": {
        "person_id": PERSON,
        "periode_start": DATE,
        "periode_slut": DATE,
        "loentimer": Column(decimal_parser(9, 2)),
    },
    "cpr_personer": {"person_id": PERSON, "foedselsdato": DATE},
    "cpr_bopael": {
        "person_id": PERSON,
        "kommunekode": MUNICIPALITY,
        "fra_dato": DATE,
        "til_dato": OPTIONAL_DATE,
    },
    "dst_befolkning": {
        "kommunekode": MUNICIPALITY,
        "kvartal": Column(parse_quarter),
        "alder": INTEGER,
        "antal": INTEGER,
    },
    "bm_resultatmaal": {
        "kommunekode": MUNICIPALITY,
        "aar": INTEGER,
        "faktisk_ydelsesgrad": Column(decimal_parser(9, 6)),
        "forventet_ydelsesgrad": Column(decimal_parser(9, 6)),
    },
    "kommune_klynger": {
        "kommunekode": MUNICIPALITY,
        "target_group": one_of(*TARGET_GROUPS),
        "cluster": TEXT,
    },
}
PERIODS = (
    ("startdato", "slutdato"),
    ("periode_start", "periode_slut"),
    ("foerste_dag", "sidste_dag"),
    ("foerste_fravaersdag", "sidste_fravaersdag"),
    ("fra_dato", "til_dato"),
)
KEYS = {
    "tass_samtaler": ("samtale_id",),
    "plan_tilbud": ("tilbud_id",),
    "cpr_personer": ("person_id",),
    "dst_befolkning": ("kommunekode", "kvartal", "alder"),
    "bm_resultatmaal": ("kommunekode", "aar"),
    "kommune_klynger": ("kommunekode", "target_group"),
}


def trimmed(row: RawRow, columns: dict[str, Column]) -> RawRow:
    values = {name: (row.get(name) or "").strip() for name in columns}
    return {name: value or None for name, value in values.items()}


def is_required(name: str, row: RawRow, column: Column) -> bool:
    """X-01: every column without *, and the conditional kursus_id and forsoergelsesydelse."""
    if name == "kursus_id":
        return row["tilbudstype"] == "VEJLEDNING_OPKVALIFICERING"
    if name == "forsoergelsesydelse":
        return row["tilbudstype"] == "LOENTILSKUD"
    return not column.is_optional


def typed(row: RawRow, columns: dict[str, Column]) -> tuple[dict, set[str]]:
    """The parsed values, and the reasons why the row breaks the contract."""
    values, reasons = {}, set()
    for name, column in columns.items():
        text = row[name]
        if text is None:
            values[name] = None
            if is_required(name, row, column):
                reasons.add(MISSING_VALUE)
            continue
        try:
            values[name] = column.parse(text)
        except ContractError as error:
            reasons.add(str(error))
    if not reasons and ends_before_start(values):
        reasons.add(END_BEFORE_START)
    return values, reasons


def ends_before_start(values: dict) -> bool:
    return any(
        start in values and values[end] is not None and values[end] < values[start] for start, end in PERIODS
    )


def quarantine_table(table: str, rows: list[RawRow]) -> tuple[list[dict], list[dict]]:
    """X-01, X-02: the rows used and the rows set aside, of one table in file order."""
    columns, key_columns = CONTRACT[table], KEYS.get(table)
    used, set_aside, seen_rows, seen_keys = [], [], set(), set()
    for row_number, raw in enumerate(rows, start=1):
        values, reasons = typed(trimmed(raw, columns), columns)
        reason = next((code for code in REASON_ORDER if code in reasons), None)
        if reason is None:
            content = tuple(values.values())
            key = tuple(values[name] for name in key_columns) if key_columns else None
            if content in seen_rows:
                reason = DUPLICATE_ROW
            elif key_columns and key in seen_keys:
                reason = DUPLICATE_KEY
            seen_rows.add(content)
            seen_keys.add(key)
        if reason is None:
            used.append(values)
        else:
            set_aside.append({"source_table": table, "row_number": row_number, "reason_code": reason})
    return used, set_aside


def quarantine(raw: dict[str, list[RawRow]]) -> tuple[dict[str, list[dict]], list[dict]]:
    """X-01, X-02: typed rows by table, and the quarantined rows."""
    tables, quarantined = {}, []
    for table, rows in raw.items():
        tables[table], set_aside = quarantine_table(table, rows)
        quarantined += set_aside
    return tables, quarantined
