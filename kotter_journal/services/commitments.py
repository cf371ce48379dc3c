"""Making commitments, and saying what became of them."""

import secrets
from dataclasses import replace
from datetime import date, datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.commitments import Commitment, CommitmentState, Owner
from kotter_journal.domain.entries import EntryId, clean_text, uuid7
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.storage import commitments
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

_LONGEST = 500


def make_commitment(
    tx: Transaction,
    text: str,
    now: datetime,
    *,
    owner: Owner = Owner.ME,
    person_id: str | None = None,
    due_on: date | None = None,
    entry_id: EntryId | None = None,
    review_id: str | None = None,
) -> tuple[Changes, Commitment]:
    """Keep a promise. Raises UnreadableInput."""
    one = Commitment(
        id=uuid7(now, secrets.randbits(74)),
        text=_checked(text),
        created_at=now,
        owner=owner,
        person_id=person_id,
        due_on=due_on,
        entry_id=entry_id,
        review_id=review_id,
    )
    commitments.keep_commitment(tx, one, tick(tx, now))
    return Changes(), one


def change_commitment(tx: Transaction, one: Commitment, now: datetime) -> Changes:
    """Let a commitment be as in ``one``. Raises UnreadableInput."""
    return put_back_commitment(tx, replace(one, text=_checked(one.text)), now)


def put_back_commitment(tx: Transaction, one: Commitment, now: datetime) -> Changes:
    """Undo whatever was done to a commitment; other programs may have made it of any length."""
    commitments.keep_commitment(tx, one, tick(tx, now))
    return Changes()


def settle(
    tx: Transaction, one: Commitment, state: CommitmentState, on: date, note: str, now: datetime
) -> tuple[Changes, Commitment]:
    """Say what became of a commitment; kept after its day, it is late."""
    after_its_day = one.due_on is not None and on > one.due_on
    if state is CommitmentState.KEPT and after_its_day:
        state = CommitmentState.LATE
    settled_on = None if state is CommitmentState.OPEN else on
    settled = replace(one, state=state, settled_on=settled_on, note=note.strip())
    commitments.keep_commitment(tx, settled, tick(tx, now))
    return Changes(), settled


def renegotiate(
    tx: Transaction, one: Commitment, due_on: date | None, note: str, now: datetime
) -> tuple[Changes, Commitment]:
    """Agree on another day: what was promised is settled, and promised anew."""
    settle(tx, one, CommitmentState.RENEGOTIATED, now.date(), note, now)
    new = replace(one, id=uuid7(now, secrets.randbits(74)), due_on=due_on, created_at=now, note="")
    commitments.keep_commitment(tx, new, tick(tx, now))
    return Changes(), new


def drop_commitment(tx: Transaction, commitment_id: str, now: datetime) -> Changes:
    """Undo a commitment that was just made; ``put_back_commitment`` brings it back."""
    commitments.drop_commitment(tx, commitment_id, tick(tx, now))
    return Changes()


def _checked(text: str) -> str:
    text = " ".join(clean_text(text).split())
    if not 0 < len(text) <= _LONGEST:
        raise UnreadableInput("The commitment", f"it takes 1 to {_LONGEST} characters")
    return text
