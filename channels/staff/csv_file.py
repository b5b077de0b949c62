"""Writing CSV that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# What spreadsheets begin a formula with, full-width forms included (OWASP: CSV
# injection lists = + - @ tab and carriage return).
_STARTS: Final = tuple("=+-@|%\t\r\n＝＋－＠")


def safe_cell(text: str) -> str:
    """Put a quote before whatever a spreadsheet might run."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_STARTS) else text


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Write rows with every cell made safe and quoted."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return written.getvalue()
