"""Floor 5: from any sheet of an office to a recognised, typed, checked table.

In: CSV, XLSX, XLS, ODS, DataFrames, lists. Out: :class:`~kkbpk_geo.intake.model.Intake`
with its findings; nothing lost, nothing guessed, no person's data kept.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.intake.account import account_for as account_for
    from kkbpk_geo.intake.asking import Answer as Answer
    from kkbpk_geo.intake.asking import ask_headings as ask_headings
    from kkbpk_geo.intake.cells.numbers import read_numbers as read_numbers
    from kkbpk_geo.intake.cells.periods import read_periods as read_periods
    from kkbpk_geo.intake.cells.stated import Said as Said
    from kkbpk_geo.intake.cells.stated import find_period as find_period
    from kkbpk_geo.intake.cells.titles import find_district_code as find_district_code
    from kkbpk_geo.intake.cells.titles import find_marks as find_marks
    from kkbpk_geo.intake.cells.titles import first_row as first_row
    from kkbpk_geo.intake.cells.values import kind_of as kind_of
    from kkbpk_geo.intake.checks.claims import Claims as Claims
    from kkbpk_geo.intake.checks.magnitude import COMPLETE as COMPLETE
    from kkbpk_geo.intake.checks.telling import tell_versions as tell_versions
    from kkbpk_geo.intake.checks.together import check_together as check_together
    from kkbpk_geo.intake.checks.versions import DISPUTED as DISPUTED
    from kkbpk_geo.intake.checks.versions import REASONS as REASONS
    from kkbpk_geo.intake.checks.versions import Standing as Standing
    from kkbpk_geo.intake.checks.versions import find_versions as find_versions
    from kkbpk_geo.intake.checks.versions import require_version as require_version
    from kkbpk_geo.intake.corrections.audit import audit_frame as audit_frame
    from kkbpk_geo.intake.corrections.audit import say_corrected as say_corrected
    from kkbpk_geo.intake.corrections.reading import Corrections as Corrections
    from kkbpk_geo.intake.corrections.reading import (
        read_corrections as read_corrections,
    )
    from kkbpk_geo.intake.corrections.settling import tell_correction as tell_correction
    from kkbpk_geo.intake.forms.template import (
        write_form_template as write_form_template,
    )
    from kkbpk_geo.intake.kinds.inventory_lines import FAULTS as FAULTS
    from kkbpk_geo.intake.kinds.plans.checks import check_plan as check_plan
    from kkbpk_geo.intake.kinds.plans.times import bare_time as bare_time
    from kkbpk_geo.intake.kinds.plans.times import read_quarter as read_quarter
    from kkbpk_geo.intake.kinds.plans.times import split_target as split_target
    from kkbpk_geo.intake.model import Account as Account
    from kkbpk_geo.intake.model import Correction as Correction
    from kkbpk_geo.intake.model import Intake as Intake
    from kkbpk_geo.intake.reading import read_table as read_table
    from kkbpk_geo.intake.reading import read_with_asides as read_with_asides
    from kkbpk_geo.intake.recognise.meanings import known_fields as known_fields
    from kkbpk_geo.intake.templates import write_template as write_template

__getattr__, __dir__ = open_door(
    __name__,
    {
        "Account": "model",
        "Answer": "asking",
        "COMPLETE": "checks.magnitude",
        "Claims": "checks.claims",
        "Correction": "model",
        "Corrections": "corrections.reading",
        "DISPUTED": "checks.versions",
        "FAULTS": "kinds.inventory_lines",
        "Intake": "model",
        "REASONS": "checks.versions",
        "Said": "cells.stated",
        "Standing": "checks.versions",
        "account_for": "account",
        "ask_headings": "asking",
        "audit_frame": "corrections.audit",
        "bare_time": "kinds.plans.times",
        "check_plan": "kinds.plans.checks",
        "check_together": "checks.together",
        "find_district_code": "cells.titles",
        "find_marks": "cells.titles",
        "find_period": "cells.stated",
        "find_versions": "checks.versions",
        "first_row": "cells.titles",
        "kind_of": "cells.values",
        "known_fields": "recognise.meanings",
        "read_corrections": "corrections.reading",
        "read_numbers": "cells.numbers",
        "read_periods": "cells.periods",
        "read_quarter": "kinds.plans.times",
        "read_table": "reading",
        "read_with_asides": "reading",
        "require_version": "checks.versions",
        "say_corrected": "corrections.audit",
        "split_target": "kinds.plans.times",
        "tell_correction": "corrections.settling",
        "tell_versions": "checks.telling",
        "write_form_template": "forms.template",
        "write_template": "templates",
    },
)
