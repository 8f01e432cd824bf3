#!/usr/bin/env python3
"""Writes crates/law/holidays/tables.txt: the dated public holidays Redress ships.

The days come from the library `holidays` (https://github.com/vacanza/holidays, MIT), of which
only the facts are kept: which day is a public holiday where. Run it in a virtual environment:

    python3 -m venv venv && venv/bin/pip install holidays==0.109
    venv/bin/python scripts/holiday-tables.py

To take a newer library, raise LIBRARY, run, and read the diff: every changed row is a changed
deadline. What the rows mean is said in the header this script writes.
"""

import datetime
import hashlib
import importlib.metadata
import pathlib
import sys

import holidays

LIBRARY = "0.109"
FIRST, LAST = 2020, 2035
YEARS = range(FIRST, LAST + 1)
OUT = pathlib.Path(__file__).parent.parent / "crates/law/holidays/tables.txt"

# The countries that have a rule pack.
COUNTRIES = """
    AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IL IN IS IT JP
    KR LI LT LU LV MT MX NL NO NZ PL PT RO SA SE SG SI SK TR TW US ZA
""".split()

# Italy's provinces and Portugal's districts stand in the library with the feast of their capital,
# which is a holiday in that one municipality. These alone have a day of their own by law.
WHOLE_REGION = {"IT": {"BZ"}, "PT": {"20", "30"}}

# The library's country without a subdivision is what all its parts share. An address that names
# no nation of the United Kingdom is read as England and Wales, as courts and carriers do.
COUNTRY_AS = {"GB": "ENG"}

# Keeps quiet about estimates unless asked.
OPTIONS = {"SA": {"islamic_show_estimated": True}}

# The library's public days of Hong Kong are those of labour law; the general holidays, which
# deadlines follow (Cap. 149), are its optional ones.
CATEGORIES = {"HK": ("public", "optional")}

# Feasts the library gives a whole region although one part of it keeps them: Brisbane's show.
LOCAL = {("AU", "QLD"): {"The Royal Queensland Show"}}

# Further ISO 3166-2 codes of the same place: the two departments of Alsace.
SAME_AS = {"FR-67": "FR-6AE", "FR-68": "FR-6AE"}

HEADER = """\
# Public holidays by law, for each place and year. Written by scripts/holiday-tables.py; do not edit:
# a correction belongs in a rule pack ([[holidays]]), which needs no new build.
#
# PLACE YEARS DAYS  PLACE is a code of ISO 3166-1, or of ISO 3166-2 for a part of a country.
#                   YEARS is one year, or the first and the last of several.
#   MM-DD           a public holiday (substitute and observed days are days of their own)
#   ~MM-DD          the same, but an estimate: the moon is seen, or the decree comes, later
#   -MM-DD          a holiday of the country that this part of it does not keep
# A part of a country has the country's days and these differences; one without rows has just the
# country's. Half days, bank and school holidays, de-facto days and plain Sundays are not in here.
# Years to come say what the law in force says; one-off days not yet proclaimed are missing.
"""


def days(country, part):
    """{date: is it an estimate} of a country, or of one of its parts."""
    found = {}
    # One category at a time: asked together, one moves the substitute days of the other.
    for category in CATEGORIES.get(country, ("public",)):
        table = getattr(holidays, country)(
            subdiv=part,
            years=YEARS,
            categories=(category,),
            language="en_US",
            **OPTIONS.get(country, {}),
        )
        for day, names in table.items():
            if day.year in YEARS and names not in LOCAL.get((country, part), ()):
                # Two feasts on one day are joined by "; ": it is sure when one of them is.
                estimate = all("estimated" in name for name in names.split("; "))
                found[day] = estimate and found.get(day, True)
    return found


def differences(whole, part):
    """The part's days as marks on the whole's: {date: token}."""
    rows = {day: token(day, mark) for day, mark in part.items() if whole.get(day) is not mark}
    rows.update({day: f"-{day:%m-%d}" for day in whole.keys() - part.keys()})
    return rows


def token(day, estimate):
    return f"{'~' if estimate else ''}{day:%m-%d}"


def rows(place, tokens):
    """Lines of one place: what holds for a run of years once, then what single years add."""
    years_of = {}
    for day, text in tokens.items():
        years_of.setdefault(text, []).append(day.year)
    by_years = {}
    for text, years in years_of.items():
        for first, last in runs(sorted(years)):
            by_years.setdefault((first, last), set()).add(text)
    # Of two runs that begin together the longer comes first.
    order = sorted(by_years, key=lambda run: (run[0], -run[1]))
    return [f"{place} {span(*run)} {' '.join(in_order(by_years[run]))}" for run in order]


def runs(years):
    """Years in a row, as (first, last); fewer than four stay single years."""
    start = 0
    for end in range(1, len(years) + 1):
        if end == len(years) or years[end] != years[end - 1] + 1:
            row = years[start:end]
            yield from [(row[0], row[-1])] if len(row) >= 4 else [(year, year) for year in row]
            start = end


def span(first, last):
    return str(first) if first == last else f"{first}-{last}"


def in_order(texts):
    return sorted(texts, key=lambda text: text[-5:])


def parts(country):
    codes = holidays.list_supported_countries()[country]
    wanted = WHOLE_REGION.get(country, codes)
    # Longer names are towns and school zones of the library, not codes of ISO 3166-2.
    return sorted(code for code in codes if code in wanted and len(code) <= 3)


def main():
    installed = importlib.metadata.version("holidays")
    if installed != LIBRARY:
        sys.exit(f"needs holidays=={LIBRARY}, found {installed}")
    tables = {}
    for country in COUNTRIES:
        whole = days(country, COUNTRY_AS.get(country))
        tables[country] = rows(country, {day: token(day, mark) for day, mark in whole.items()})
        for part in parts(country):
            place = f"{country}-{part}"
            tables[place] = rows(place, differences(whole, days(country, part)))
    for place, same in SAME_AS.items():
        tables[place] = [row.replace(same, place) for row in tables[same]]
    body = "".join(row + "\n" for place in sorted(tables) for row in tables[place])
    today = datetime.date.today()
    digest = hashlib.sha256(body.encode()).hexdigest()[:8]
    head = (
        f"version = {today}.{digest}\n"
        f"source = python library holidays {LIBRARY}, MIT, https://github.com/vacanza/holidays\n"
        f"years = {FIRST}-{LAST}\n"
    )
    OUT.write_text(HEADER + head + "\n" + body)
    kept = sum(1 for place in tables.values() if place)
    print(f"{OUT}: {kept} places, {body.count(chr(10))} rows, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
