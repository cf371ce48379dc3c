"""The clock of this computer; whoever needs the time is handed this or, in a test, another."""

from datetime import datetime


def local_now() -> datetime:
    """The present in the zone of this computer, aware."""
    return datetime.now().astimezone()
