"""Sheet: all charts of a period below one another on paper, each with its owner's sentence."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from kotter_journal.config.files import write_atomically
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.gui.balance.picture import DOTS, WIDTH, Picture, written
from kotter_journal.storage.journal import disk_errors

_MARGIN, _BETWEEN = 36, 12
_A4 = 794, 1123
"""Pixels of a page at 96 an inch."""


def sheet(pictures: Sequence[Picture], title: str) -> bytes:
    """A PDF file of A4 pages, with text that can be found; no picture is cut in two."""
    scale = (_A4[0] - 2 * _MARGIN) / WIDTH

    def write(buffer: QBuffer) -> None:
        made = QPdfWriter(buffer)
        made.setResolution(DOTS)
        made.setTitle(title)
        made.setCreator("Kotter Journal")
        made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        made.setPageMargins(QMarginsF(0, 0, 0, 0))
        with QPainter(made) as painter:
            y = float(_MARGIN)
            for picture in pictures:
                height = picture.size().height() * scale
                if y > _MARGIN and y + height > _A4[1] - _MARGIN:
                    made.newPage()
                    y = float(_MARGIN)
                painter.save()
                painter.translate(_MARGIN, y)
                painter.scale(scale, scale)
                picture.paint(painter)
                painter.restore()
                y += height + _BETWEEN

    return written(write)


def save_sheet(pictures: Sequence[Picture], title: str, path: Path) -> Path:
    """Write the sheet into a PDF file. Raises KotterError."""
    path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    if not path.parent.is_dir():
        raise StorageFailed(StorageTrouble.FOLDER_MISSING, path.parent)
    content = sheet(pictures, title)
    with disk_errors(path):
        write_atomically(path, content)
    return path
