"""What teaching stores about people."""

from cms.personal_data import BLANK, KEEP, Kind

KINDS = (
    Kind("adoption.TaughtLesson", ("teacher",), on_erasure=KEEP, hidden=("form_key",)),
    Kind("feedback.MistakeReport", ("reporter",), on_erasure=BLANK, blank={"reporter": None}),
    Kind("library.Collection", ("owner",)),
)
