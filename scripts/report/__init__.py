"""KL's benchmark report as a static site: one overview page and one page per municipality."""

from scripts.settings import Refusal


class ReportError(Refusal):
    """The report cannot be written; the message is one line that says why and what to do."""
