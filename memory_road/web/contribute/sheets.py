"""Sheets of paper to be filled in by hand: large type, lines to write on, boxes to tick; A4, in every language."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

FONT = "DejaVu"
TYPE = 12.0
"""Points of the smallest type: it is read by the old, and often copied."""
TITLE = 17.0
MARGIN = 15.0
ROW = 5.4
"""Millimetres from one line of print to the next."""
HAND = 9.5
"""Millimetres from one line of handwriting to the next."""
LABEL = 64.0
"""How wide the labels stand beside what is written."""
BOX = 4.4
GAP = 2.0
GREY = 80
MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""What the file says of its making: the same words make the same bytes, so that a page kept by a browser stays good."""


class _Pages(FPDF):
    """FPDF asks a method for the foot of each page."""

    foot = ""

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self.set_font(FONT, size=TYPE)
        self.cell(w=self.epw, text=self.foot.replace("{page}", str(self.page_no())), align=Align.C)


class Sheets:
    """Writes from the top of the first page to the end of the last. ``foot`` stands on each page; in it ``{page}`` and
    ``{pages}`` are its number and how many there are. Lengths are in millimetres."""

    def __init__(self, *, regular: Path, bold: Path, language: str, title: str, foot: str) -> None:
        pages = self._pages = _Pages(format="A4")
        pages.foot = foot
        pages.set_margin(MARGIN)
        pages.c_margin = 0
        pages.set_auto_page_break(True, MARGIN + GAP)
        pages.add_font(FONT, fname=regular)
        pages.add_font(FONT, style="B", fname=bold)
        pages.set_lang(language)
        pages.set_title(title)
        pages.set_creation_date(MADE)
        pages.viewer_preferences = ViewerPreferences(display_doc_title=True)
        pages.alias_nb_pages("{pages}")
        pages.set_line_width(0.25)
        self.new_page()

    def new_page(self) -> None:
        """Go on at the top of another page."""
        self._pages.add_page()
        self._pages.set_font(FONT, size=TYPE)

    def heading(self, words: str) -> None:
        """A heading, also for the outline of the file; it stays on one page with what follows."""
        self.keep(TITLE + 2 * HAND)
        self._pages.ln(GAP)
        self._pages.start_section(words)
        self._pages.set_font(FONT, style="B", size=TITLE)
        self._print(words, self._pages.epw, ROW * TITLE / TYPE)
        self._pages.set_font(FONT, size=TYPE)
        self._pages.ln(GAP)

    def paragraph(self, words: str, *, bold: bool = False) -> None:
        """Words over the whole width."""
        self._pages.set_font(style="B" if bold else "")
        self.keep(self._height(words, self._pages.epw))
        self._print(words, self._pages.epw)
        self._pages.set_font(style="")
        self._pages.ln(GAP / 2)

    def line(self, label: str, hint: str = "", *, bold: bool = False) -> None:
        """A line to write on, its label to the left and its hint below."""
        pages, wide = self._pages, self._pages.epw - LABEL
        pages.set_font(style="B" if bold else "")
        before = self._height(label, LABEL - GAP)
        pages.set_font(style="")
        below = self._height(hint, wide) if hint else 0.0
        self.keep(max(before, HAND + below) + GAP)
        top = pages.y + GAP
        pages.set_font(style="B" if bold else "")
        pages.set_y(top + max(0.0, HAND - GAP - before))
        self._print(label, LABEL - GAP)
        pages.set_font(style="")
        pages.line(MARGIN + LABEL, top + HAND - GAP, MARGIN + pages.epw, top + HAND - GAP)
        if hint:
            pages.set_xy(MARGIN + LABEL, top + HAND - GAP / 2)
            self._print(hint, wide, grey=True)
        pages.set_y(top + max(before, HAND - GAP / 2 + below))

    def lines(self, count: int) -> None:
        """Lines over the whole width; they go on at the top of the next page where this one ends."""
        for _ in range(count):
            self.keep(HAND)
            self._pages.ln(HAND)
            self._pages.line(MARGIN, self._pages.y, MARGIN + self._pages.epw, self._pages.y)

    def ticks(self, words: Sequence[str], columns: int = 2) -> None:
        """Boxes to tick, in rows of ``columns``."""
        wide = self._pages.epw / columns
        for begin in range(0, len(words), columns):
            row = words[begin : begin + columns]
            height = max(self._height(each, wide - BOX - 2 * GAP) for each in row)
            self.keep(height + GAP)
            top = self._pages.y + GAP / 2
            for column, each in enumerate(row):
                left = MARGIN + column * wide
                self._pages.rect(left, top + (ROW - BOX) / 2, BOX, BOX)
                self._pages.set_xy(left + BOX + GAP, top)
                self._print(each, wide - BOX - 2 * GAP)
            self._pages.set_y(top + height + GAP / 2)

    def table(self, labels: Sequence[str], rows: int) -> None:
        """Empty rows to write in below their labels."""
        wide = self._pages.epw / len(labels)
        head = max(self._height(each, wide - GAP) for each in labels) + GAP
        self.keep(head + rows * HAND)
        top = self._pages.y + GAP / 2
        for column, each in enumerate(labels):
            left = MARGIN + column * wide
            self._pages.set_xy(left + GAP / 2, top + GAP / 2)
            self._print(each, wide - GAP)
            self._pages.rect(left, top, wide, head)
            for row in range(rows):
                self._pages.rect(left, top + head + row * HAND, wide, HAND)
        self._pages.set_y(top + head + rows * HAND + GAP)

    def gap(self) -> None:
        """A little room between what does not belong together."""
        self._pages.ln(GAP)

    def room(self) -> float:
        """What is left of the page."""
        return self._pages.page_break_trigger - self._pages.y

    def output(self) -> bytes:
        """The file. Nothing can be written after it."""
        return bytes(self._pages.output())

    def keep(self, height: float) -> None:
        """Go on at the next page unless there is so much room."""
        if self.room() < height:
            self.new_page()

    def _print(self, words: str, wide: float, row: float = ROW, *, grey: bool = False) -> None:
        self._pages.set_text_color(GREY if grey else 0)
        self._pages.multi_cell(wide, row, words, align=Align.L, padding=0, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._pages.set_text_color(0)

    def _height(self, words: str, wide: float) -> float:
        height = self._pages.multi_cell(
            wide, ROW, words, align=Align.L, dry_run=True, output=MethodReturnValue.HEIGHT, new_x=XPos.LMARGIN
        )
        assert isinstance(height, float | int)
        return float(height)
