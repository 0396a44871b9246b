"""What can go wrong, in words for the person who must act on it."""


def needs_extra(what: str, package: str, extra: str) -> str:
    """Return what to tell a person who asks for something whose package is optional and not installed."""
    return f"{what} needs the package {package}, which is not installed; pip install 'briefing-lib[{extra}]'"


class BriefingError(Exception):
    """Base of every error that the suite raises on purpose.

    The message says what, where and what next, in one line.
    """


class SourcesNotFound(BriefingError):
    """The folder or file of source documents does not exist or holds no document."""


class BadMetadata(BriefingError):
    """A file of metadata (`sources.toml`, a sidecar, `actors.toml`) cannot be used as it is."""


class BadLexicon(BriefingError):
    """A word list is malformed or names an unknown class."""


class BadDate(BriefingError):
    """A date given by the user is no calendar date."""


class UnknownParameter(BriefingError):
    """A parameter that the notebook does not take, or a value of the wrong type."""


class NotebookFailed(BriefingError):
    """A cell of a notebook raised, hung, or never ran."""


class NotThere(BriefingError):
    """A notebook or a rendered briefing that was named is not there."""


class PdfUnavailable(BriefingError):
    """No engine that can make a PDF is installed; the message says what to install."""


class FlawedBriefing(BriefingError):
    """A finished briefing breaks one of its rules, or is not there to be checked."""


class EvidenceMismatch(BriefingError):
    """A quote is no longer what its document says at its offsets."""


class NotVerified(BriefingError):
    """A briefing or its sources are not what the record of the run says, or there is no such record."""


class SourcesChanged(BriefingError):
    """The sources changed while a run was at work on them."""


class ClusterUnavailable(BriefingError):
    """A cluster was named and cannot be used: nothing answers, or its workers are of another version."""


class UrlUnavailable(BriefingError):
    """A URL was named and cannot be used: no driver is installed, access is denied, or nothing answers."""
