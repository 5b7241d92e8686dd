"""Legal numbers, dates and code lists, each with the rule it belongs to."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

# B: benefit groups, in the order that decides ties (M-05)
GROUPS = (
    "a_dagpenge",
    "sygedagpenge",
    "kontanthjaelp",
    "uddannelseshjaelp",
    "overgangsydelse",
    "revalidering",
    "ressourceforloeb",
    "jobafklaring",
    "ledighedsydelse",
)
GROUP_ORDER = {group: position for position, group in enumerate(GROUPS)}
UNMEASURED = ("overgangsydelse_i_program", "fleksjob", "foertidspension")
BENEFITS = GROUPS + UNMEASURED
DAY_SPELL_GROUPS = tuple(group for group in GROUPS if group not in ("a_dagpenge", "sygedagpenge"))

# B-01, B-05: the ten codes of KY and KMD Aktiv
MUNICIPAL_CODES = {
    "KONTANTHJAELP": "kontanthjaelp",
    "UDDANNELSESHJAELP": "uddannelseshjaelp",
    "OVERGANGSYDELSE_UDEN_PROGRAM": "overgangsydelse",
    "OVERGANGSYDELSE_I_PROGRAM": "overgangsydelse_i_program",
    "REVALIDERING": "revalidering",
    "RESSOURCEFORLOEB": "ressourceforloeb",
    "JOBAFKLARING": "jobafklaring",
    "LEDIGHEDSYDELSE": "ledighedsydelse",
    "FLEKSJOB": "fleksjob",
    "FOERTIDSPENSION": "foertidspension",
}
MUNICIPAL_BENEFITS = tuple(MUNICIPAL_CODES.values())

# B-02
RAM_LAST_START = date(2017, 6, 30)
FLEUR_FIRST_START = date(2017, 7, 1)

# B-07: last birth date of each step and the folkepension age in months
MEASURED_FROM_AGE_MONTHS = 16 * 12
PENSION_AGE_MONTHS = (
    (date(1939, 6, 30), 67 * 12),
    (date(1953, 12, 31), 65 * 12),
    (date(1954, 6, 30), 65 * 12 + 6),
    (date(1954, 12, 31), 66 * 12),
    (date(1955, 6, 30), 66 * 12 + 6),
    (date(1962, 12, 31), 67 * 12),
    (date(1966, 12, 31), 68 * 12),
    (date(1970, 12, 31), 69 * 12),
    (date.max, 70 * 12),
)

# D
DEAD_CODES = ("8", "OPFOELGNING_UDEN_KONTAKT")
CORONA_DEAD = (date(2020, 3, 1), date(2020, 6, 30))

# T-03, T-05: hundredths of an hour
FULL_TIME, PART_TIME = "FULDTID", "DELTID"
MONTH_NORM = {FULL_TIME: 16033, PART_TIME: 13000}
INTERVALS = tuple(f"m{n:02d}" for n in range(12)) + ("y01_02", "y03_05", "y06_09", "y10_plus")
DAY_BOUNDS = (0, 31, 62, 92, 122, 153, 183, 213, 244, 274, 304, 335, 365, 1095, 2190, 3650)
HOUR_BOUNDS = {
    FULL_TIME: tuple(16033 * n for n in range(13)) + (577188, 1154376, 1923960),
    PART_TIME: tuple(13000 * n for n in range(13)) + (468000, 936000, 1560000),
}
SIX_MONTHS, SEVEN_MONTHS, TWELVE_MONTHS = 6, 7, 12  # positions in the bounds
YEAR_IN_DAYS = 365

# M-04, measured months
UNKNOWN_MUNICIPALITY = "000"
DEFAULT_FIRST_MONTH = date(2018, 1, 1)
REGION_MUNICIPALITIES = {
    "1081": ("773", "787", "810", "813", "820", "825", "840", "846", "849", "851", "860"),
    "1082": (
        "615", "657", "661", "665", "671", "706", "707", "710", "727", "730", "740", "741",
        "746", "751", "756", "760", "766", "779", "791",
    ),
    "1083": (
        "410", "420", "430", "440", "450", "461", "479", "480", "482", "492", "510", "530",
        "540", "550", "561", "563", "573", "575", "580", "607", "621", "630",
    ),
    "1084": (
        "101", "147", "151", "153", "155", "157", "159", "161", "163", "165", "167", "169",
        "173", "175", "183", "185", "187", "190", "201", "210", "217", "219", "223", "230",
        "240", "250", "260", "270", "400",
    ),
    "1085": (
        "253", "259", "265", "269", "306", "316", "320", "326", "329", "330", "336", "340",
        "350", "360", "370", "376", "390",
    ),
}  # fmt: skip
REGION_OF = {code: region for region, codes in REGION_MUNICIPALITIES.items() for code in codes}

# E-01: absence codes that exempt, in every visitation category
EXEMPT_CODES = {
    "a_dagpenge": "2 3 4 10 11 23 24 43 44 45 46 66 70 71 72 73 77 78 79",
    "sygedagpenge": "3 53 70",
    "kontanthjaelp": "3 4 6 7 10 43 44 45 46 47 50 70 71 72 73 76 77 78 79",
    "uddannelseshjaelp": "3 4 6 7 10 45 46 47 50 70 71 72 73 76 78 79",
    "overgangsydelse": "3 4 6 7 10 45 46 50 70 71 72 73 76 78 79",
    "revalidering": "3 4 10 16 46 47 50 70 71 72 77 78 79",
    "ressourceforloeb": "3 4 10 43 44 46 47 50 70 71 72 73 76 77 78 79",
    "jobafklaring": "3 4 10 43 44 45 46 47 50 70 71 72 73 76 77 78 79",
    "ledighedsydelse": "3 4 10 23 24 43 44 45 46 47 70 71 72 73 77 78 79",
}
EXEMPT_CODES = {group: frozenset(codes.split()) for group, codes in EXEMPT_CODES.items()}

# E-01: (group, code) -> the visitation categories in which the code exempts
EXEMPT_CODES_BY_CATEGORY = {
    ("kontanthjaelp", "2"): ("JOBPARAT",),
    ("uddannelseshjaelp", "2"): ("AABENLYS_UDDANNELSESPARAT",),
    ("overgangsydelse", "2"): ("JOBPARAT", "AABENLYS_UDDANNELSESPARAT"),
    ("overgangsydelse", "43"): ("JOBPARAT", "AABENLYS_UDDANNELSESPARAT"),
    ("overgangsydelse", "44"): ("JOBPARAT", "AABENLYS_UDDANNELSESPARAT"),
    ("overgangsydelse", "77"): ("JOBPARAT", "AABENLYS_UDDANNELSESPARAT"),
}

# E-03, E-04
EXEMPT_SHARE = Fraction(50, 100)
EARLY_EXEMPT_FROM = date(2024, 1, 1)
EARLY_EXEMPT_SHARE = Fraction(30, 100)
EARLY_MII_DAYS = 5

# C
PERSONAL, VIDEO, TELEPHONE = "PERSONLIGT_FREMMOEDE", "VIDEO", "TELEFON"
REMOTE = (VIDEO, TELEPHONE)
NEW_RULES = date(2023, 3, 22)  # C-04, C-09, O-04 to O-06
LATE_CONVERSATIONS_FROM = date(2022, 1, 1)  # C-06
CORONA_CONVERSATIONS = (  # C-07
    (date(2020, 5, 27), date(2021, 8, 31)),
    (date(2021, 12, 19), date(2022, 1, 31)),
)
CORONA_SUSPENSION = (date(2020, 3, 12), date(2020, 5, 26))  # C-07
NORDJYLLAND_TRIAL = (
    "851", "810", "813", "860", "849", "825", "846", "773", "840", "787", "820",
)  # fmt: skip
SJAELLAND_TRIAL = ("201", "151", "210", "250", "190", "270", "260", "217", "219")
TRIALS = (  # C-08: municipalities, first day, last day, contact forms
    (NORDJYLLAND_TRIAL, date(2017, 7, 1), date(2023, 12, 31), (VIDEO, TELEPHONE)),
    (SJAELLAND_TRIAL, date(2017, 7, 1), date(2021, 12, 31), (VIDEO, TELEPHONE)),
    (("101",), date(2018, 9, 1), date(2020, 9, 1), (VIDEO, TELEPHONE)),
    (("269",), date(2018, 11, 1), date(2022, 12, 31), (VIDEO,)),
)
EARLIER_CONVERSATIONS_FROM = date(2024, 1, 1)  # C-10
EARLIER_CONVERSATIONS_MONTHS = 3
EARLIER_CONVERSATIONS_GROUPS = (
    "a_dagpenge",
    "kontanthjaelp",
    "uddannelseshjaelp",
    "overgangsydelse",
)

# O, H
COMPANY_OFFERS = ("VIRKSOMHEDSPRAKTIK", "LOENTILSKUD", "NYTTEINDSATS")
MENTOR, COURSE = "MENTOR", "VEJLEDNING_OPKVALIFICERING"
MENTOR_LAST_DAY = date(2019, 12, 31)
EDUCATION_CATEGORIES = ("UDDANNELSESPARAT", "AABENLYS_UDDANNELSESPARAT")  # O-05, O-07
REJECTED_PARAGRAPH = "91"  # O-06
QUALIFYING_COURSES = (25, 26, 27, 28, 29, 46)
SEVEN_MONTH_COURSES = (36, 40)
POOL_COURSES = (30, 45, 47)
REGIONAL_POOL, MINK_POOL = 5, 18
MINK_POOL_LAST_START = date(2024, 3, 31)
NO_ORDINARY_HOURS = ("a_dagpenge", "sygedagpenge")  # H-01
HOURS_LIMIT_BEFORE, HOURS_LIMIT_AFTER = 22500, 10000  # H-02, hundredths
HOURS_LIMIT_CHANGES = date(2023, 3, 1)

# G, M-12, V
EARLY_EFFORT_INTERVAL = "m06"
EARLY_EFFORT_GOAL = Fraction(80, 100)
EARLY_EFFORT_WITHOUT_DAGPENGE_FROM = date(2023, 1, 1)
OFFER_LIMIT_BEFORE, OFFER_LIMIT_AFTER = Decimal("0.2"), Decimal("0.3")
OFFER_LIMIT_CHANGES = date(2023, 1, 1)
CONVERSATION_LIMIT = Decimal("0.2")
FEWER_THAN = 4  # conversations in measures 3 and 4
GOAL_MONTHS = 12
ACTIVE_GOALS_FROM = {"conversations": 2021, "offers": 2023}  # V-07

# K
TARGET_GROUPS = ("all", "insured", "uninsured", "under_30", "combined", "at_risk")
UNDER_30_MONTHS = 30 * 12
POPULATION_AGES = (15, 64)
YOUNG_POPULATION_AGES = (15, 29)
INSURED_INTERVALS = ("m03", "m04", "m05")
INSURED_CONVERSATIONS, INSURED_LOOK_BACK = 2, 83
TARGET_GROUP_BENEFITS = {
    "all": GROUPS,
    "insured": ("a_dagpenge",),
    "uninsured": ("kontanthjaelp", "overgangsydelse"),
    "under_30": ("kontanthjaelp", "uddannelseshjaelp", "overgangsydelse"),
    "combined": ("kontanthjaelp", "overgangsydelse", "jobafklaring"),
    "at_risk": (),
}
