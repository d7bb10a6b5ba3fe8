"""Make the sample plans again in the forms of offices: Renja, POK and realisation.

Why: offices hand in forms, not our template. The lines are those of the three sample
plans; what a form cannot hold is left out: a Renja has no row without a code, a POK no
fund but that of the state.

In:     the sample plans as make_sample_plans.py draws them.
Out:    workbooks beside them: a sheet for each district, or one for the province.
Run:    python tests/sample/make_sample_forms.py [--folder DIR] [--seed 18]
"""

import io
from dataclasses import replace
from datetime import datetime

from make_sample import PROVINCE, run
from make_sample_plans import QUARTERS, YEAR, text_of, three_plans
from plan_sheets import Work, fa, pok, renja, rfk

from kkbpk_geo.catalogue.activities import funds, terms
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.work.nomenclature import code_of_activity, find_work
from kkbpk_geo.regions.register import region
from kkbpk_geo.sample.plans import FORMS
from kkbpk_geo.sample.writing import DATA, SEED

EDITION = "2023"
SPENT, DONE = 40, 45  # per cent of money and of work by the middle of the year


def place(code):
    return "" if code == PROVINCE else f"{region(code).kind} {region(code).bare}"


def work_of(line):
    code = code_of_activity(line.work, EDITION, of_province=False)
    found = find_work(code, EDITION)
    return Work(
        code=code,
        name=found.name if found else text_of(line.work),
        indicator=text_of(line.work),
        target=int(line.target),
        unit=terms("unit")[line.unit].id,
        budget=line.budget,
        fund=funds()[line.fund].id,
        location=place(line.region) or "Semua Kab/Kota",
        spent=line.budget * SPENT // 100,
        physical=DONE,
        time=QUARTERS[line.quarter],
    )


def coded(lines):
    works = [work_of(line) for line in lines if line.budget]
    return sorted((work for work in works if work.code), key=lambda work: work.code)


def summed(works, **around):
    """Works as a report of realisation has them: one row for each code."""
    one = {}
    for work in works:
        old = one.get(work.code)
        more = {"budget": work.budget, "spent": work.spent}
        if old:
            more = {key: getattr(old, key) + amount for key, amount in more.items()}
        one[work.code] = replace(work, **more, fund="")
    return rfk(list(one.values()), **around)


def detailed(lines):
    """Works as the details of a POK are: named, in their district."""
    works = []
    for line in lines:
        if line.budget:
            work = work_of(line)
            where = place(line.region)
            works.append(
                Work(name=text_of(line.work), code="", target=work.target,
                     unit=work.unit, budget=work.budget, spent=work.spent,
                     location=where, time=work.time)
            )  # fmt: skip
    return works


def by_district(make, lines):
    """A sheet for each district: name -> rows."""
    sheets = {}
    for code in sorted({line.region for line in lines} - {PROVINCE}):
        works = coded([line for line in lines if line.region == code])
        office = f"PEMERINTAH {place(code).upper()}"
        sheets[region(code).bare] = make(works, office=office, year=YEAR)
    return sheets


def workbook(sheets):
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(YEAR, 12, 1)})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        page.write_string(0, 0, label("sample_mark"))
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell != "":
                    page.write(number, column, cell)
    book.close()
    return out.getvalue()


def make_sample_forms(seed=SEED):
    """Return the bytes of every form, by name."""
    base, province, districts, _ = three_plans(seed)
    plans = [[*plan.values()] for plan in (base, province, districts)]
    base, province, districts = plans
    office = "PEMERINTAH PROVINSI LAMPUNG"
    made = {
        FORMS[0]: by_district(renja, base),
        FORMS[1]: {"Renja": renja(coded(province), office=office, year=YEAR)},
        FORMS[2]: by_district(renja, districts),
        FORMS[3]: {"POK": pok(detailed(base), year=YEAR)},
        FORMS[4]: {"POK": pok(detailed(province), year=YEAR)},
        FORMS[5]: {"POK": pok(detailed(districts), year=YEAR)},
        FORMS[6]: {"FA": fa(detailed(province), year=YEAR)},
        FORMS[7]: by_district(summed, districts),
    }
    return {name: workbook(sheets) for name, sheets in made.items()}


if __name__ == "__main__":
    run(make_sample_forms, DATA / "plans")
