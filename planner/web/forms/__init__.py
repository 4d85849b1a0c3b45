"""Forms: what was typed is kept as typed until all of it is right."""

from planner.web.forms.controls import Control, Form, Option
from planner.web.forms.records import RecordForm

__all__ = ["Control", "Form", "Option", "RecordForm"]
