from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.errors import JournalDamaged, StorageFailed, StorageTrouble
from kotter_journal.gui.around_damage import read_around


@given(damaged=st.sets(st.integers(0, 40)), count=st.integers(0, 41))
def test_all_but_the_damaged_rows_are_read(damaged: set[int], count: int) -> None:
    def read(some: Sequence[int]) -> dict[int, str]:
        if damaged & set(some):
            raise JournalDamaged(Path("x"))
        return {at: str(at) for at in some}

    rows, others, error = read_around(range(count), read)
    assert set(others) == damaged & set(range(count))
    assert rows == {at: str(at) for at in range(count) if at not in damaged}
    assert (error is not None) == bool(others)


def test_another_error_is_raised() -> None:
    def read(_some: Sequence[int]) -> dict[int, str]:
        raise StorageFailed(StorageTrouble.DISK_ERROR, Path("x"))

    with pytest.raises(StorageFailed):
        read_around(range(5), read)
