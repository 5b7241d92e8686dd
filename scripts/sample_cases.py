"""The scripted persons of the sample: the worked examples of the documents, the edges of the rules, and broken rows.

Each function adds persons to a delivery; the id of a person names the example or the rule it exercises.
"""

from __future__ import annotations

from datetime import date, timedelta

from scripts.sample_delivery import DAY, LAST_DAY, Delivery, add_years, month_end

KONTANTHJAELP = "KONTANTHJAELP"
UDDANNELSESHJAELP = "UDDANNELSESHJAELP"
OVERGANGSYDELSE = "OVERGANGSYDELSE_UDEN_PROGRAM"
PERSONAL, TELEPHONE, VIDEO, OTHER = "PERSONLIGT_FREMMOEDE", "TELEFON", "VIDEO", "ANDEN"
BORN = date(1980, 5, 17)
YOUNG = date(1998, 8, 9)


def notat_examples(d: Delivery) -> None:
    """Add Eks. 1-6 of the notat on the changes of 22 March 2023; Eks. 4 with the dates of I-19."""
    d.person("EKS1", BORN)
    d.pay("EKS1", KONTANTHJAELP, date(2022, 6, 1), date(2023, 12, 31))
    d.course("EKS1", date(2022, 12, 1), date(2023, 1, 20), 30)
    d.course("EKS1", date(2023, 3, 1), date(2023, 3, 31), 30)
    d.course("EKS1", date(2023, 5, 1), date(2023, 5, 31), 30)

    d.person("EKS2", date(1993, 4, 10))
    d.pay("EKS2", UDDANNELSESHJAELP, date(2022, 3, 1), date(2023, 4, 9))
    d.pay("EKS2", KONTANTHJAELP, date(2023, 4, 10), date(2024, 6, 30))
    d.visit("EKS2", "UDDANNELSESPARAT", date(2022, 3, 1), date(2023, 4, 9))
    d.visit("EKS2", "AKTIVITETSPARAT", date(2023, 4, 10), date(2024, 6, 30))
    d.course("EKS2", date(2023, 3, 1), date(2023, 5, 31), 30)

    d.person("EKS3", BORN)
    d.pay("EKS3", KONTANTHJAELP, date(2022, 3, 1), date(2023, 6, 30))
    for month in range(12):
        first = date(2022 + (month + 2) // 12, (month + 2) % 12 + 1, 1)
        d.earn("EKS3", first, month_end(first), "10.00")

    d.person("EKS4", BORN)
    d.pay("EKS4", KONTANTHJAELP, date(2022, 3, 26), date(2023, 3, 25))
    for month in range(12):
        first = date(2022 + (month + 2) // 12, (month + 2) % 12 + 1, 26)
        d.earn("EKS4", first, month_end(first) + timedelta(days=25), "10.00")

    d.person("EKS5", BORN)
    d.pay("EKS5", KONTANTHJAELP, date(2022, 12, 1), date(2023, 12, 31))
    d.talk("EKS5", date(2022, 12, 20))
    d.talk("EKS5", date(2023, 1, 9), TELEPHONE)
    d.talk("EKS5", date(2023, 2, 20))
    d.talk("EKS5", date(2023, 3, 31), TELEPHONE)

    d.person("EKS6", BORN)
    d.pay("EKS6", KONTANTHJAELP, date(2023, 2, 1), date(2023, 12, 31))
    for day in (date(2023, 4, 18), date(2023, 4, 26), date(2023, 5, 10)):
        d.talk("EKS6", day, TELEPHONE)


def clock_examples(d: Delivery) -> None:
    """Add the corona examples, sickness spells that overlap or touch, and the two published bugs of other projects."""
    d.person("CORONA", BORN)
    d.pay("CORONA", KONTANTHJAELP, date(2019, 1, 1), date(2020, 12, 31))
    for day in (date(2019, 6, 19), date(2020, 1, 10), date(2020, 3, 12), date(2020, 6, 2)):
        d.talk("CORONA", day)

    d.person("DAGE64", BORN)
    d.pay("DAGE64", KONTANTHJAELP, date(2019, 12, 28), date(2020, 7, 1))

    d.person("SYG_OVERLAP", BORN)
    d.sick("SYG_OVERLAP", date(2019, 1, 1), date(2019, 1, 5))
    d.sick("SYG_OVERLAP", date(2019, 1, 4), date(2019, 1, 10))
    d.sick("SYG_OVERLAP", date(2019, 1, 9), date(2019, 1, 12))

    d.person("SYG_TOUCH", BORN)
    d.sick("SYG_TOUCH", date(2019, 3, 1), date(2019, 3, 10))
    d.sick("SYG_TOUCH", date(2019, 3, 10), date(2019, 3, 20))
    d.sick("SYG_TOUCH", date(2019, 3, 21), date(2019, 3, 31))

    d.person("ABC", BORN)
    d.sick("ABC", date(2021, 1, 1), date(2021, 1, 5))
    d.sick("ABC", date(2021, 1, 9), date(2021, 1, 12))
    d.sick("ABC", date(2021, 1, 4), date(2021, 1, 10))

    d.person("ENKELTDAGE_SYG", BORN)
    d.person("ENKELTDAGE_KTH", BORN)
    for day in (date(2021, 1, 1), date(2021, 2, 1), date(2021, 2, 2)):
        d.sick("ENKELTDAGE_SYG", day, day)
        d.pay("ENKELTDAGE_KTH", KONTANTHJAELP, day, day)


def benefit_days(d: Delivery) -> None:
    """Add persons for B-01 to B-06: two registers, kinds of payment, wage subsidy, forrevalidering, main benefit."""
    d.person("B01_TO_REGISTRE", BORN)
    d.pay("B01_TO_REGISTRE", KONTANTHJAELP, date(2020, 8, 1), date(2021, 3, 31))
    d.pay("B01_TO_REGISTRE", KONTANTHJAELP, date(2020, 11, 1), date(2020, 12, 15), "kmd_aktiv_udbetalinger")

    d.person("B02_RAM_FLEUR", BORN)
    d.dagpenge_period("B02_RAM_FLEUR", date(2017, 5, 1), date(2020, 4, 30))
    d.insure("B02_RAM_FLEUR", date(2017, 5, 1), date(2018, 3, 31))
    d.add_insured("B02_RAM_FLEUR", date(2017, 7, 1), date(2017, 7, 31), "99.99", register="ram_udbetalinger")
    d.add_insured("B02_RAM_FLEUR", date(2017, 6, 1), date(2017, 6, 30), "99.99", register="fleur_udbetalinger")

    kinds = ("SAERLIG_UDDANNELSESYDELSE", "ARBEJDSMARKEDSYDELSE", "KONTANTYDELSE", "A_DAGPENGE")
    d.person("B02_YDELSESTYPER", BORN)
    d.dagpenge_period("B02_YDELSESTYPER", date(2017, 3, 1), date(2020, 2, 29))
    for number, kind in enumerate(kinds):
        for first in (date(2017, 3 + number, 1), date(2017, 9 + number, 1)):
            d.insure("B02_YDELSESTYPER", first, month_end(first), kind=kind)
    d.insure("B02_YDELSESTYPER", date(2018, 1, 1), date(2018, 2, 28), share=0.5)

    d.person("B02_ARBEJDSFORDELING", BORN)
    d.dagpenge_period("B02_ARBEJDSFORDELING", date(2020, 9, 1))
    d.insure("B02_ARBEJDSFORDELING", date(2020, 9, 1), date(2020, 11, 30))
    d.insure("B02_ARBEJDSFORDELING", date(2020, 12, 1), date(2021, 3, 31), share=0.4, is_work_sharing=True)
    d.insure("B02_ARBEJDSFORDELING", date(2021, 4, 1), date(2021, 6, 30))
    d.absent("B02_ARBEJDSFORDELING", "78", date(2020, 12, 1), date(2021, 3, 31))

    d.person("B02_NUL_TIMER", BORN)
    d.dagpenge_period("B02_NUL_TIMER", date(2022, 1, 1))
    d.insure("B02_NUL_TIMER", date(2022, 1, 1), date(2022, 3, 31))
    d.insure("B02_NUL_TIMER", date(2022, 4, 1), date(2022, 4, 30), share=0)
    d.insure("B02_NUL_TIMER", date(2022, 5, 1), date(2022, 8, 31))

    d.person("B03_TO_KILDER", BORN)
    d.sick("B03_TO_KILDER", date(2020, 2, 3), date(2020, 4, 30), "kmd_sygedagpenge")
    d.sick("B03_TO_KILDER", date(2020, 2, 3), date(2020, 4, 30), "ksd_sygedagpenge")
    d.sick("B03_TO_KILDER", date(2020, 4, 20), date(2020, 9, 30), "ksd_sygedagpenge")

    d.person("B04_LOENTILSKUD", BORN)
    d.pay("B04_LOENTILSKUD", KONTANTHJAELP, date(2021, 9, 1), date(2022, 2, 10))
    d.offer("B04_LOENTILSKUD", "LOENTILSKUD", date(2022, 2, 11), date(2022, 6, 30), benefit=KONTANTHJAELP)
    d.offer("B04_LOENTILSKUD", "LOENTILSKUD", date(2022, 9, 1), date(2022, 9, 30), benefit="SYGEDAGPENGE")

    d.person("B04_ALLE_YDELSER", BORN)
    d.pay("B04_ALLE_YDELSER", KONTANTHJAELP, date(2022, 1, 1), date(2022, 12, 31))
    subsidised = (
        "A_DAGPENGE",
        "SYGEDAGPENGE",
        KONTANTHJAELP,
        UDDANNELSESHJAELP,
        OVERGANGSYDELSE,
        "REVALIDERING",
        "RESSOURCEFORLOEB",
        "JOBAFKLARING",
        "LEDIGHEDSYDELSE",
    )
    for month, benefit in enumerate(subsidised, start=1):
        first = date(2023, month, 1)
        d.offer("B04_ALLE_YDELSER", "LOENTILSKUD", first, month_end(first), benefit=benefit)

    for person, form in (("T03_LOENTILSKUD_FULD", "FULDTID"), ("T03_LOENTILSKUD_DEL", "DELTID")):
        d.person(person, BORN)
        d.dagpenge_period(person, date(2021, 10, 1))
        d.insure(person, date(2021, 10, 1), date(2022, 1, 14), form=form)
        d.offer(person, "LOENTILSKUD", date(2022, 1, 10), date(2022, 5, 20), benefit="A_DAGPENGE")
        d.insure(person, date(2022, 5, 21), date(2022, 7, 31), share=0.8, form=form)

    d.person("B05_FORREVALIDERING", BORN)
    d.pay("B05_FORREVALIDERING", KONTANTHJAELP, date(2019, 1, 1), date(2019, 12, 31))
    d.add("ky_forrevalidering", "B05_FORREVALIDERING", date(2019, 7, 1), date(2019, 12, 31))
    d.pay("B05_FORREVALIDERING", "REVALIDERING", date(2020, 1, 1), date(2021, 6, 30))
    d.person("B05_FLEKSJOB", BORN)
    d.pay("B05_FLEKSJOB", "FLEKSJOB", date(2021, 1, 1), date(2022, 12, 31))
    d.add("ky_forrevalidering", "B05_FLEKSJOB", date(2022, 7, 1), None)

    d.person("B06_HOVEDYDELSE", BORN)
    d.dagpenge_period("B06_HOVEDYDELSE", date(2022, 2, 1))
    d.insure("B06_HOVEDYDELSE", date(2022, 2, 1), date(2022, 4, 30))
    d.pay("B06_HOVEDYDELSE", KONTANTHJAELP, date(2022, 1, 1), date(2022, 7, 31))
    d.sick("B06_HOVEDYDELSE", date(2022, 5, 16), date(2022, 6, 12))
    d.person("B06_FOERTIDSPENSION", BORN)
    d.pay("B06_FOERTIDSPENSION", "FOERTIDSPENSION", date(2021, 1, 1), date(2023, 12, 31))
    d.pay("B06_FOERTIDSPENSION", KONTANTHJAELP, date(2021, 3, 1), date(2021, 8, 31))


def ages(d: Delivery) -> None:
    """Add persons who pass 16 years, 30 years or folkepension age while on a benefit (B-07, K-01)."""
    retiring = {
        "B07_65": date(1953, 2, 14),
        "B07_65_HALV": date(1954, 3, 31),
        "B07_66": date(1954, 8, 30),
        "B07_66_HALV": date(1955, 2, 28),
        "B07_67": date(1955, 9, 12),
        "B07_67_SKUDDAG": date(1956, 2, 29),
    }
    for person, born in retiring.items():
        d.person(person, born)
        start = add_years(born, 64).replace(day=1)
        d.pay(person, "LEDIGHEDSYDELSE", start, add_years(start, 4))
    d.person("B07_16", date(2004, 2, 29))
    d.pay("B07_16", UDDANNELSESHJAELP, date(2019, 12, 1), date(2020, 10, 31))
    d.visit("B07_16", "AABENLYS_UDDANNELSESPARAT", date(2019, 12, 1))
    d.person("K01_30", date(1992, 6, 15))
    d.pay("K01_30", KONTANTHJAELP, date(2022, 1, 1), date(2022, 12, 31))
    d.visit("K01_30", "JOBPARAT", date(2022, 1, 1), date(2022, 8, 31))
    d.visit("K01_30", "AKTIVITETSPARAT", date(2022, 8, 15), None)


def gaps(d: Delivery) -> None:
    """Add persons with gaps of 27 to 62 days, excursions and moves (S-01, S-03, S-04, S-06, M-02, M-04)."""
    pairs = {
        "S01_HEL_FEBRUAR": (date(2022, 1, 31), date(2022, 3, 1)),
        "S01_27_DAGE": (date(2022, 2, 1), date(2022, 3, 1)),
        "S01_57_DAGE": (date(2022, 2, 1), date(2022, 3, 31)),
        "S01_60_DAGE": (date(2022, 7, 1), date(2022, 8, 31)),
        "S01_62_DAGE": (date(2022, 6, 30), date(2022, 9, 1)),
    }
    for person, (last, again) in pairs.items():
        d.person(person, BORN)
        d.pay(person, KONTANTHJAELP, date(2021, 6, 1), last)
        d.pay(person, KONTANTHJAELP, again, date(2023, 4, 30))

    d.person("S03_NY_PERIODE", BORN)
    for first in (date(2018, 2, 1), date(2020, 9, 1), date(2021, 6, 1), date(2021, 9, 15)):
        d.dagpenge_period("S03_NY_PERIODE", first)
    d.insure("S03_NY_PERIODE", date(2017, 12, 1), date(2019, 4, 30), share=0.9)
    d.insure("S03_NY_PERIODE", date(2020, 9, 1), date(2021, 5, 31))
    d.insure("S03_NY_PERIODE", date(2021, 10, 1), date(2022, 6, 30))

    d.person("S04_UDFLUGT", BORN, "101", ((date(2021, 3, 10), "269"), (date(2022, 10, 1), "851")))
    d.pay("S04_UDFLUGT", KONTANTHJAELP, date(2020, 10, 1), date(2021, 6, 20))
    d.sick("S04_UDFLUGT", date(2021, 6, 21), date(2021, 7, 25))
    d.pay("S04_UDFLUGT", KONTANTHJAELP, date(2021, 7, 26), date(2023, 2, 28))

    d.person("M02_TO_FORLOEB", BORN)
    d.sick("M02_TO_FORLOEB", date(2021, 10, 1), date(2022, 1, 12))
    d.sick("M02_TO_FORLOEB", date(2022, 1, 13), date(2022, 1, 31))

    d.person("M05_TO_YDELSER", BORN)
    d.pay("M05_TO_YDELSER", "RESSOURCEFORLOEB", date(2019, 1, 1), date(2020, 12, 15))
    d.pay("M05_TO_YDELSER", "JOBAFKLARING", date(2019, 6, 1), date(2020, 12, 31))

    cases = {
        "S05_STRAKS": (OVERGANGSYDELSE, date(2021, 8, 31)),
        "S05_KORT_PAUSE": (OVERGANGSYDELSE, date(2021, 8, 1)),
        "S05_LANG_PAUSE": (OVERGANGSYDELSE, date(2021, 7, 31)),
        "S05_I_PROGRAM": ("OVERGANGSYDELSE_I_PROGRAM", date(2021, 8, 31)),
    }
    for person, (benefit, last) in cases.items():
        d.person(person, YOUNG)
        d.pay(person, benefit, date(2020, 12, 1), last)
        d.visit(person, "UDDANNELSESPARAT", date(2020, 12, 1))
        d.pay(
            person, UDDANNELSESHJAELP if person == "S05_STRAKS" else KONTANTHJAELP, date(2021, 9, 1), date(2022, 5, 31)
        )
        d.talk(person, date(2021, 2, 3))
        d.talk(person, date(2021, 11, 3))


def dead_periods(d: Delivery) -> None:
    """Add persons with parental leave and follow-up without contact, alone, overlapping, for whole months (D, M-03)."""
    d.person("D01_BARSEL", BORN)
    d.pay("D01_BARSEL", KONTANTHJAELP, date(2021, 1, 1), date(2022, 12, 31))
    d.absent("D01_BARSEL", "8", date(2021, 9, 13), date(2022, 1, 10))
    d.absent("D01_BARSEL", "OPFOELGNING_UDEN_KONTAKT", date(2021, 12, 1), date(2022, 2, 20))
    d.talk("D01_BARSEL", date(2021, 9, 12))
    d.talk("D01_BARSEL", date(2021, 9, 13))
    d.talk("D01_BARSEL", date(2022, 2, 21))

    d.person("D01_HELE_FORLOEBET", BORN)
    d.pay("D01_HELE_FORLOEBET", "RESSOURCEFORLOEB", date(2023, 1, 1), date(2023, 6, 30))
    d.absent("D01_HELE_FORLOEBET", "OPFOELGNING_UDEN_KONTAKT", date(2022, 12, 1), None)

    d.person("D01_TIMER", BORN)
    d.dagpenge_period("D01_TIMER", date(2019, 9, 1))
    d.insure("D01_TIMER", date(2019, 9, 1), date(2021, 3, 31))
    d.absent("D01_TIMER", "8", date(2020, 6, 15), date(2020, 9, 15))

    d.person("D02_SLUT_29_MAJ", BORN)
    d.pay("D02_SLUT_29_MAJ", KONTANTHJAELP, date(2019, 11, 1), date(2020, 5, 29))
    for day in (date(2020, 3, 11), date(2020, 3, 12), date(2020, 5, 26), date(2020, 5, 27), date(2020, 6, 3)):
        d.talk("D02_SLUT_29_MAJ", day)


def hours_and_leap_days(d: Delivery) -> None:
    """Add persons for the clock: rows without weekdays, changed insurance form, leap days (T-03 to T-06)."""
    d.person("T03_WEEKEND", BORN)
    d.dagpenge_period("T03_WEEKEND", date(2022, 1, 1))
    d.add_insured("T03_WEEKEND", date(2022, 1, 1), date(2022, 1, 2), "14.80")
    d.insure("T03_WEEKEND", date(2022, 1, 3), date(2022, 6, 30), share=0.713)
    d.add_insured("T03_WEEKEND", date(2022, 3, 1), date(2022, 3, 31), "7.41")

    d.person("T03_SKIFTER_FORM", BORN)
    d.dagpenge_period("T03_SKIFTER_FORM", date(2021, 1, 1))
    d.insure("T03_SKIFTER_FORM", date(2021, 1, 1), date(2021, 11, 30), form="DELTID")
    d.insure("T03_SKIFTER_FORM", date(2021, 12, 1), date(2022, 4, 30))
    d.insure("T03_SKIFTER_FORM", date(2022, 5, 1), date(2022, 9, 30), form="DELTID")

    d.person("T04_SKUDDAG_UNDER", YOUNG)
    d.pay("T04_SKUDDAG_UNDER", UDDANNELSESHJAELP, date(2023, 9, 1), LAST_DAY)
    d.person("T04_SKUDDAG_OVER", BORN)
    d.pay("T04_SKUDDAG_OVER", "JOBAFKLARING", date(2023, 2, 1), LAST_DAY)
    d.person("T05_SKEMA1", BORN)
    d.pay("T05_SKEMA1", "REVALIDERING", date(2017, 1, 1), date(2024, 10, 31))
    d.person("S02_AABEN", BORN)
    d.sick("S02_AABEN", date(2023, 8, 14), None)
    d.add("ksd_delvis_raskmelding", "S02_AABEN", date(2024, 9, 2), None)


def exemptions(d: Delivery) -> None:
    """Add persons at both sides of the limits of exemption, by code, category and year (E-01 to E-05)."""
    shares = {"E03_50_PCT": 50, "E03_49_PCT": 49}
    for person, days in shares.items():
        d.person(person, BORN)
        d.pay(person, "LEDIGHEDSYDELSE", date(2023, 1, 1), date(2023, 4, 10))
        d.absent(person, "10", date(2023, 1, 11), date(2023, 1, 10) + timedelta(days=days))
        d.talk(person, date(2023, 1, 12))
    for person, days in {"E03_30_PCT": 30, "E03_29_PCT": 29}.items():
        d.person(person, BORN)
        d.pay(person, KONTANTHJAELP, date(2024, 1, 1), date(2024, 4, 9))
        d.absent(person, "47", date(2024, 1, 11), date(2024, 1, 10) + timedelta(days=days))
    for person, days in {"E03_MII_5": 5, "E03_MII_4": 4}.items():
        d.person(person, BORN)
        d.dagpenge_period(person, date(2024, 2, 1))
        d.insure(person, date(2024, 2, 1), date(2024, 11, 30))
        d.add("tass_mii", person, date(2024, 2, 5), date(2024, 2, 4) + timedelta(days=days))
    for person, category in {
        "E01_JOBPARAT": "JOBPARAT",
        "E01_AKTIVITETSPARAT": "AKTIVITETSPARAT",
        "E01_UDEN": None,
    }.items():
        d.person(person, BORN)
        d.pay(person, KONTANTHJAELP, date(2022, 2, 1), date(2022, 9, 30))
        d.absent(person, "2", date(2022, 2, 1), date(2022, 7, 31))
        if category is not None:
            d.visit(person, category, date(2022, 1, 1))
    d.person("E01_KODE65", BORN)
    d.dagpenge_period("E01_KODE65", date(2022, 2, 1))
    d.insure("E01_KODE65", date(2022, 2, 1), date(2022, 9, 30))
    d.absent("E01_KODE65", "65", date(2022, 2, 1), None)
    d.person("E01_KODE78", BORN)
    d.dagpenge_period("E01_KODE78", date(2020, 9, 1))
    d.insure("E01_KODE78", date(2020, 9, 1), date(2021, 6, 30))
    d.absent("E01_KODE78", "78", date(2020, 9, 1), date(2021, 5, 31))
    d.person("E01_SYG", BORN)
    d.sick("E01_SYG", date(2022, 1, 10), date(2022, 8, 31))
    d.absent("E01_SYG", "53", date(2022, 1, 20), date(2022, 8, 31))
    d.absent("E01_SYG", "11", date(2022, 1, 10), date(2022, 8, 31))
    codes = (
        "2",
        "3",
        "4",
        "6",
        "7",
        "10",
        "11",
        "16",
        "23",
        "24",
        "43",
        "44",
        "45",
        "46",
        "47",
        "50",
        "53",
        "66",
        "70",
        "71",
        "72",
        "73",
        "76",
        "77",
        "79",
    )
    d.person("E01_ALLE_KODER", YOUNG)
    d.pay("E01_ALLE_KODER", OVERGANGSYDELSE, date(2022, 1, 1), date(2023, 12, 31))
    d.visit("E01_ALLE_KODER", "AABENLYS_UDDANNELSESPARAT", date(2022, 1, 1), date(2022, 12, 31))
    d.visit("E01_ALLE_KODER", "JOBPARAT", date(2023, 1, 1))
    for number, code in enumerate(codes):
        first = date(2022, 1, 1) + timedelta(days=28 * number)
        d.absent("E01_ALLE_KODER", code, first, first + timedelta(days=13))


def conversations(d: Delivery) -> None:
    """Add persons whose conversations lie at both sides of the dates of C-01 to C-09."""
    d.person("C01_SYG", BORN)
    d.sick("C01_SYG", date(2019, 12, 1), date(2021, 3, 31))
    for day in (date(2020, 2, 3), date(2020, 3, 11), date(2020, 3, 12), date(2020, 5, 27), date(2020, 9, 1)):
        d.talk("C01_SYG", day, OTHER, "SYGEOPFOELGNING")
    d.talk("C01_SYG", date(2020, 10, 1), PERSONAL, "JOBSAMTALE")

    d.person("C02_AKASSE", BORN)
    d.dagpenge_period("C02_AKASSE", date(2021, 11, 1))
    d.insure("C02_AKASSE", date(2021, 11, 1), date(2023, 3, 31))
    kinds = ("JOBSAMTALE", "FAELLESSAMTALE", "CV_SAMTALE", "RAADIGHEDSSAMTALE", "SYGEOPFOELGNING", "ANDEN")
    for month, kind in enumerate(kinds, start=1):
        d.talk("C02_AKASSE", date(2022, month, 14), PERSONAL, kind, "AKASSE")
        d.talk("C02_AKASSE", date(2022, month, 21), PERSONAL, kind, "ANDEN_AKTOER")
    d.person("C02_ANDRE", BORN)
    d.pay("C02_ANDRE", KONTANTHJAELP, date(2021, 11, 1), date(2023, 3, 31))
    for month, kind in enumerate(kinds, start=1):
        d.talk("C02_ANDRE", date(2022, month, 14), PERSONAL, kind)
    d.talk("C02_ANDRE", date(2022, 9, 1), PERSONAL, holder="AKASSE")
    for month, status in enumerate(("AFHOLDT", "AFLYST", "UDEBLEVET", "PLANLAGT"), start=9):
        d.talk("C02_ANDRE", date(2022, month, 20), PERSONAL, status=status)

    d.person("C03_SAMME_DAG", BORN)
    d.pay("C03_SAMME_DAG", "JOBAFKLARING", date(2022, 1, 1), date(2022, 12, 31))
    for form in (TELEPHONE, PERSONAL, PERSONAL):
        d.talk("C03_SAMME_DAG", date(2022, 4, 5), form)
    d.talk("C03_SAMME_DAG", date(2021, 12, 31))
    d.talk("C03_SAMME_DAG", date(2022, 12, 31))

    d.person("C04_FORMER", BORN)
    d.pay("C04_FORMER", "RESSOURCEFORLOEB", date(2018, 1, 1), LAST_DAY)
    edges = (
        date(2019, 5, 2),
        date(2020, 3, 11),
        date(2020, 3, 12),
        date(2020, 5, 26),
        date(2020, 5, 27),
        date(2020, 6, 30),
        date(2021, 8, 31),
        date(2021, 9, 1),
        date(2021, 12, 18),
        date(2021, 12, 19),
        date(2021, 12, 31),
        date(2022, 1, 1),
        date(2022, 1, 31),
        date(2022, 2, 1),
        date(2023, 3, 21),
        date(2023, 3, 22),
        date(2023, 3, 23),
    )
    for day in edges:
        d.talk("C04_FORMER", day, TELEPHONE)
        d.talk("C04_FORMER", day + 30 * DAY, OTHER)

    d.person("C05_I_TILBUD", BORN)
    d.pay("C05_I_TILBUD", KONTANTHJAELP, date(2022, 10, 1), date(2023, 9, 30))
    d.offer("C05_I_TILBUD", "VIRKSOMHEDSPRAKTIK", date(2022, 11, 7), date(2023, 4, 30))
    for day in (date(2022, 11, 4), date(2022, 11, 7), date(2023, 3, 21), date(2023, 3, 22), date(2023, 4, 12)):
        d.talk("C05_I_TILBUD", day, OTHER if day < date(2023, 3, 22) else TELEPHONE)

    for person, start in {"C06_182_DAGE": date(2022, 2, 1), "C06_183_DAGE": date(2022, 1, 31)}.items():
        d.person(person, BORN)
        d.pay(person, "LEDIGHEDSYDELSE", start, date(2023, 5, 31))
        d.talk(person, date(2022, 8, 1), TELEPHONE)
        d.talk(person, date(2022, 8, 1) + DAY * 60, VIDEO)

    trials = {
        "C08_AALBORG": ("851", (date(2017, 6, 30), date(2017, 7, 1), date(2023, 12, 31), date(2024, 1, 1))),
        "C08_HELSINGOER": ("217", (date(2017, 6, 30), date(2017, 7, 1), date(2021, 12, 10), date(2022, 2, 1))),
        "C08_KOEBENHAVN": ("101", (date(2018, 8, 31), date(2018, 9, 1), date(2020, 9, 1), date(2021, 9, 2))),
        "C08_SOLROED": ("269", (date(2018, 10, 31), date(2018, 11, 1), date(2022, 12, 31), date(2023, 1, 1))),
    }
    for person, (home, days) in trials.items():
        d.person(person, BORN, home)
        d.pay(person, "REVALIDERING", days[0] - 20 * DAY, days[1] + 240 * DAY)
        d.pay(person, "REVALIDERING", days[2] - 20 * DAY, days[3] + 20 * DAY)
        for day in days:
            d.talk(person, day, TELEPHONE)
            d.talk(person, day + DAY, VIDEO)
            d.talk(person, day - DAY, VIDEO, holder="AKASSE")

    d.person("C09_PLANLAGT", BORN)
    d.pay("C09_PLANLAGT", KONTANTHJAELP, date(2024, 10, 1), LAST_DAY)
    d.talk("C09_PLANLAGT", date(2025, 1, 15), status="PLANLAGT")
    d.person("C09_SENERE_FORM", BORN)
    d.pay("C09_SENERE_FORM", KONTANTHJAELP, date(2023, 4, 1), date(2024, 3, 31))
    for day, form in (
        (date(2023, 4, 20), PERSONAL),
        (date(2023, 5, 22), TELEPHONE),
        (date(2023, 7, 3), VIDEO),
        (date(2023, 9, 4), OTHER),
    ):
        d.talk("C09_SENERE_FORM", day, form)
    d.person("C09_FORSOEG", BORN, "851")
    d.pay("C09_FORSOEG", KONTANTHJAELP, date(2023, 5, 1), date(2024, 1, 31))
    d.talk("C09_FORSOEG", date(2023, 5, 30), VIDEO)


def registrations(d: Delivery) -> None:
    """Add persons registered before a spell, at three months and a day more, or met without a-dagpenge (C-10, C-11)."""
    cases = {
        "C10_3_MAANEDER": (KONTANTHJAELP, date(2024, 2, 29), (date(2023, 11, 29),)),
        "C10_EN_DAG_MERE": (KONTANTHJAELP, date(2024, 2, 29), (date(2023, 11, 28),)),
        "C10_TO_TILMELDINGER": (UDDANNELSESHJAELP, date(2024, 5, 31), (date(2024, 2, 29), date(2024, 4, 2))),
        "C10_OVERGANGSYDELSE": (OVERGANGSYDELSE, date(2024, 3, 4), (date(2024, 2, 1),)),
        "C10_FOER_2024": (KONTANTHJAELP, date(2023, 12, 31), (date(2023, 12, 1),)),
        "C10_ANDEN_GRUPPE": ("LEDIGHEDSYDELSE", date(2024, 3, 1), (date(2024, 2, 1),)),
    }
    for person, (benefit, start, days) in cases.items():
        d.person(person, YOUNG)
        d.pay(person, benefit, start, LAST_DAY)
        for day in days:
            d.register(person, day)
            d.talk(person, day)
        d.talk(person, start - 5 * DAY, TELEPHONE)
        d.talk(person, start + 10 * DAY, TELEPHONE)
    d.person("C10_12_MAANEDER", BORN)
    d.register("C10_12_MAANEDER", date(2023, 12, 4))
    d.talk("C10_12_MAANEDER", date(2023, 12, 18))
    d.pay("C10_12_MAANEDER", KONTANTHJAELP, date(2024, 1, 1), LAST_DAY)
    d.talk("C10_12_MAANEDER", date(2024, 6, 3), TELEPHONE)
    d.person("C10_DAGPENGE", BORN)
    d.dagpenge_period("C10_DAGPENGE", date(2022, 1, 3), date(2024, 3, 31))
    d.dagpenge_period("C10_DAGPENGE", date(2024, 5, 1))
    d.insure("C10_DAGPENGE", date(2023, 10, 1), date(2024, 3, 10))
    d.insure("C10_DAGPENGE", date(2024, 5, 1), LAST_DAY)
    for day in (date(2024, 3, 1), date(2024, 3, 20)):
        d.register("C10_DAGPENGE", day)
    for day in (date(2024, 3, 4), date(2024, 3, 25), date(2024, 4, 29), date(2024, 6, 3)):
        d.talk("C10_DAGPENGE", day, PERSONAL if day.month == 3 else VIDEO)

    d.person("C11_UDEN_DAGPENGE", BORN)
    d.dagpenge_period("C11_UDEN_DAGPENGE", date(2021, 9, 1))
    d.insure("C11_UDEN_DAGPENGE", date(2021, 9, 1), date(2021, 11, 30))
    d.sick("C11_UDEN_DAGPENGE", date(2022, 1, 3), date(2022, 1, 30))
    d.insure("C11_UDEN_DAGPENGE", date(2022, 3, 1), date(2022, 8, 31))
    for day in (date(2021, 10, 4), date(2021, 12, 6), date(2022, 1, 10), date(2022, 2, 7), date(2022, 9, 5)):
        d.talk("C11_UDEN_DAGPENGE", day)


def offers(d: Delivery) -> None:
    """Add persons with every kind of offer and course at both sides of the dates of section O; hours at the limits."""
    courses = (25, 26, 27, 28, 29, 30, 36, 40, 41, 42, 43, 44, 45, 46, 47, 48)
    for course in courses:
        person = f"O06_KURSUS{course}"
        d.person(person, BORN)
        d.pay(person, KONTANTHJAELP, date(2023, 4, 1), date(2024, 1, 31))
        d.course(person, date(2023, 5, 1), date(2023, 5, 26), course, "90")
    for pool, start in (
        (5, date(2023, 10, 2)),
        (18, date(2024, 3, 31)),
        (18, date(2024, 4, 1)),
        (1, date(2023, 10, 2)),
    ):
        person = f"O06_PULJE{pool}_{start:%Y%m%d}"
        d.person(person, BORN)
        d.pay(person, "LEDIGHEDSYDELSE", date(2023, 9, 1), date(2024, 9, 30))
        d.course(person, start, start + 20 * DAY, 47, "97b" if pool == 18 else "97", pool)
    d.person("O06_PARAGRAF91", BORN)
    d.pay("O06_PARAGRAF91", "JOBAFKLARING", date(2022, 6, 1), date(2023, 12, 31))
    d.course("O06_PARAGRAF91", date(2023, 3, 22), date(2023, 4, 21), 26, "91", 5)
    d.person("O04_DAGEN_FOER", BORN)
    d.pay("O04_DAGEN_FOER", "JOBAFKLARING", date(2022, 6, 1), date(2023, 12, 31))
    d.course("O04_DAGEN_FOER", date(2023, 3, 21), date(2023, 5, 19), 42)
    for day in (date(2019, 12, 31), date(2020, 1, 1)):
        person = f"O01_MENTOR_{day.year}"
        d.person(person, BORN)
        d.pay(person, "RESSOURCEFORLOEB", date(2019, 6, 1), date(2021, 3, 31))
        d.offer(person, "MENTOR", day, date(2020, 8, 31))
    d.person("O03_VIRKSOMHED", BORN)
    d.pay("O03_VIRKSOMHED", UDDANNELSESHJAELP, date(2021, 1, 1), date(2021, 12, 31))
    d.offer("O03_VIRKSOMHED", "NYTTEINDSATS", date(2021, 5, 3), date(2021, 5, 14))
    d.offer("O03_VIRKSOMHED", "VIRKSOMHEDSPRAKTIK", date(2021, 12, 20), None)
    d.person("O02_I_DOED_PERIODE", BORN)
    d.pay("O02_I_DOED_PERIODE", KONTANTHJAELP, date(2019, 12, 1), date(2020, 12, 31))
    d.offer("O02_I_DOED_PERIODE", "VIRKSOMHEDSPRAKTIK", date(2020, 3, 2), date(2020, 6, 30))
    for person, category in {"O05_UDDANNELSE": "UDDANNELSESPARAT", "O05_JOBPARAT": "JOBPARAT"}.items():
        d.person(person, YOUNG)
        d.pay(person, OVERGANGSYDELSE, date(2023, 1, 1), date(2023, 12, 31))
        d.visit(person, category, date(2023, 1, 1))
        d.course(person, date(2023, 6, 1), date(2023, 6, 30), 48)
    d.person("O07_SKIFTER_YDELSE", date(1993, 6, 10))
    d.pay("O07_SKIFTER_YDELSE", UDDANNELSESHJAELP, date(2023, 1, 1), date(2023, 6, 9))
    d.pay("O07_SKIFTER_YDELSE", KONTANTHJAELP, date(2023, 6, 10), date(2024, 2, 29))
    d.course("O07_SKIFTER_YDELSE", date(2023, 5, 1), date(2023, 8, 31), 30)
    d.person("O08_RASKMELDING", BORN)
    d.sick("O08_RASKMELDING", date(2021, 1, 4), date(2022, 4, 30))
    d.add("ksd_delvis_raskmelding", "O08_RASKMELDING", date(2021, 11, 1), date(2021, 11, 30))
    for person, hours, last in (
        ("H02_225", "225.00", date(2023, 2, 28)),
        ("H02_224_99", "224.99", date(2023, 2, 28)),
        ("H02_100", "100.00", date(2023, 3, 31)),
        ("H02_99_99", "99.99", date(2023, 3, 31)),
    ):
        d.person(person, BORN)
        d.pay(person, KONTANTHJAELP, date(2022, 3, 1), last)
        d.earn(person, date(2022, 11, 3), date(2022, 12, 14), hours)


def strange_facts(d: Delivery) -> None:
    """Add persons who are kept but counted in the warnings of X-03."""
    d.add("cpr_personer", "X03_UDEN_BOPAEL", BORN)
    d.pay("X03_UDEN_BOPAEL", KONTANTHJAELP, date(2021, 1, 1), date(2022, 6, 30))
    d.person("X03_BOPAEL_000", BORN, "000")
    d.pay("X03_BOPAEL_000", "JOBAFKLARING", date(2021, 1, 1), date(2022, 6, 30))
    d.person("X03_BOPAEL_998", BORN, "998")
    d.pay("X03_BOPAEL_998", "LEDIGHEDSYDELSE", date(2021, 1, 1), date(2022, 6, 30))
    d.add("cpr_bopael", "X03_UDEN_FOEDSELSDATO", "751", date(2015, 1, 1), None)
    d.pay("X03_UDEN_FOEDSELSDATO", KONTANTHJAELP, date(2022, 1, 1), date(2022, 12, 31))
    d.person("X03_UDEN_DAGPENGEPERIODE", BORN)
    d.insure("X03_UDEN_DAGPENGEPERIODE", date(2022, 1, 1), date(2022, 5, 31))
    d.person("X03_FOER_FOERSTE_DAG", BORN)
    d.dagpenge_period("X03_FOER_FOERSTE_DAG", date(2022, 3, 1))
    d.insure("X03_FOER_FOERSTE_DAG", date(2022, 1, 1), date(2022, 8, 31))
    d.person("X03_OVERLAPPENDE", BORN)
    d.pay("X03_OVERLAPPENDE", "LEDIGHEDSYDELSE", date(2021, 9, 1), date(2022, 4, 20))
    d.pay("X03_OVERLAPPENDE", "RESSOURCEFORLOEB", date(2022, 4, 11), date(2023, 3, 31))
    d.person("M04_UDE_AF_BOPAEL", BORN)
    d.add("cpr_bopael", "M04_UDE_AF_BOPAEL", "751", date(2019, 1, 1), date(2021, 12, 31))
    d.add("cpr_bopael", "M04_UDE_AF_BOPAEL", "851", date(2021, 12, 1), date(2021, 12, 31))
    d.pay("M04_UDE_AF_BOPAEL", KONTANTHJAELP, date(2021, 6, 1), date(2022, 12, 31))


def broken_rows(d: Delivery) -> None:
    """Add rows that break the contract, of every reason code, and rows and keys that stand twice (X-01, X-02)."""
    bad, day = "X01_FORKERT", date(2022, 5, 4)
    end = date(2022, 5, 31)
    talk = ("JOBSAMTALE", PERSONAL, "JOBCENTER", "AFHOLDT")
    d.add("tass_samtaler", "S900001", "", day, *talk, "461")
    d.add("tass_samtaler", "S900002", bad, "2022-02-30", *talk, "461")
    d.add("tass_samtaler", "S900003", bad, day, "jobsamtale", *talk[1:], "461")
    d.add("tass_samtaler", "S900004", bad, day, *talk, "46")
    d.add("tass_samtaler", "S900005", "X" * 65, day, *talk, "461")
    d.add("tass_samtaler", "S000001", bad, day, *talk, "461")
    d.add("tass_fravaer", bad, "99", day, end)
    d.add("tass_visitation", bad, "JOBPARAT", end, day)
    d.add("tass_tilmeldinger", bad, "04-05-2022")
    d.add("tass_mii", bad, date(2024, 2, 2), "9999-12-31")
    insured = ("A_DAGPENGE", day, end)
    d.add("fleur_udbetalinger", bad, *insured, "160.333", "FULDTID", "07", "false")
    d.add("fleur_udbetalinger", bad, *insured, "-1.00", "FULDTID", "07", "false")
    d.add("fleur_udbetalinger", bad, *insured, "mange", "FULDTID", "07", "false")
    d.add("fleur_udbetalinger", bad, *insured, "160.33", "FULDTID", "07", "nej")
    d.add("ram_udbetalinger", bad, "DAGPENGE", date(2017, 5, 1), date(2017, 5, 31), "160.33", "FULDTID", "07", "false")
    d.add("taeller_dagpengeperioder", bad, None, end)
    d.add("ky_udbetalinger", bad, "BOLIGSIKRING", day, end, "461")
    d.add("ky_udbetalinger", bad, KONTANTHJAELP, end, day, "461")
    d.add("kmd_aktiv_udbetalinger", bad, KONTANTHJAELP, "1899-12-31", date(2019, 5, 31), "461")
    d.add("ky_forrevalidering", bad, end, day)
    d.add("ksd_sygedagpenge", bad, day, end, " ")
    d.add("kmd_sygedagpenge", bad, date(2019, 5, 31), date(2019, 5, 4), "461")
    d.add("ksd_delvis_raskmelding", bad, "2022-13-01", None)
    d.add("plan_tilbud", "T900001", bad, "VEJLEDNING_OPKVALIFICERING", None, "90", None, None, day, end, "461")
    d.add("plan_tilbud", "T900002", bad, "LOENTILSKUD", None, None, None, None, day, end, "461")
    d.add("plan_tilbud", "T900003", bad, "VEJLEDNING_OPKVALIFICERING", 31, "90", None, None, day, end, "461")
    d.add("plan_tilbud", "T000001", bad, "VIRKSOMHEDSPRAKTIK", None, None, None, None, day, end, "461")
    d.add("eindkomst_loentimer", bad, day, end, "12,50")
    d.add("cpr_personer", bad, None)
    d.add("cpr_personer", "EKS1", date(1979, 1, 1))
    d.add("cpr_bopael", bad, "Odense", day, None)
    d.add("dst_befolkning", "461", date(2022, 2, 1), 30, 100)
    d.add("dst_befolkning", "461", date(2022, 1, 1), 30, 1)
    d.add("bm_resultatmaal", "461", 2022, "0.1234567", "0.1")
    d.add("bm_resultatmaal", "461", 2021, "0.5", "0.1")
    d.add("kommune_klynger", "461", "alle", "K1")
    d.add("kommune_klynger", "461", "all", "K9")
    for table in (
        "tass_samtaler",
        "fleur_udbetalinger",
        "ky_udbetalinger",
        "ksd_sygedagpenge",
        "cpr_bopael",
        "tass_fravaer",
    ):
        d.rows[table].append(d.rows[table][0])


def add_cases(d: Delivery) -> None:
    """Add all scripted persons, the worked examples first."""
    for add in (
        notat_examples,
        clock_examples,
        benefit_days,
        ages,
        gaps,
        dead_periods,
        hours_and_leap_days,
        exemptions,
        conversations,
        registrations,
        offers,
        strange_facts,
    ):
        add(d)
