import pytest
from PySide6.QtGui import QFont, QTextCursor, QTextDocument, QTextLayout
from PySide6.QtWidgets import QApplication

from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui.entries.highlighter import MarkdownHighlighter
from kotter_journal.gui.entries.markdown_spans import Fence, Part, spans_of, utf16_offsets
from kotter_journal.gui.theme import Theme


def parts(line: str, before: Fence = Fence.NONE) -> set[tuple[str, Part]]:
    spans, _ = spans_of(line, before)
    return {(line[s.start : s.end], s.part) for s in spans}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# One", {("# ", Part.MARK), ("# One", Part.HEADING_1)}),
        ("#### Four", {("#### ", Part.MARK), ("#### Four", Part.HEADING_3)}),
        ("a **b** c", {("**", Part.MARK), ("**b**", Part.BOLD)}),
        ("a *b* c", {("*", Part.MARK), ("*b*", Part.ITALIC)}),
        ("a _b_ c", {("_", Part.MARK), ("_b_", Part.ITALIC)}),
        ("snake_case_name and 2 * 3 * 4", set()),
        ("~~no~~", {("~~", Part.MARK), ("~~no~~", Part.STRUCK)}),
        ("say `**x**` now", {("`", Part.MARK), ("`**x**`", Part.CODE)}),
        ("> said", {("> ", Part.MARK), ("said", Part.QUOTE)}),
        ("- [ ] do", {("- ", Part.MARK), ("[ ]", Part.CHECKBOX)}),
        ("- [x] do", {("- ", Part.MARK), ("[x]", Part.CHECKBOX), (" do", Part.DONE)}),
        ("12. item", {("12. ", Part.MARK)}),
        ("---", {("---", Part.MARK)}),
        (
            "[us](https://x.org/#a) @Dana",
            {
                ("[", Part.MARK),
                ("us", Part.LINK),
                ("](https://x.org/#a)", Part.MARK),
                ("@Dana", Part.PERSON),
            },
        ),
        ("see https://x.org/#a.", {("https://x.org/#a", Part.LINK)}),
        ("#launch #42 me@x.org", {("#launch", Part.TAG)}),
        ("", set()),
        ("plain", set()),
    ],
)
def test_a_line_is_known_for_what_it_is(line: str, expected: set[tuple[str, Part]]) -> None:
    assert parts(line) == expected


def test_fenced_code_is_nothing_but_code_until_its_own_fence() -> None:
    _, fence = spans_of("```python", Fence.NONE)
    assert fence is Fence.BACKTICKS
    assert parts("# **no**", fence) == {("# **no**", Part.CODE)}
    assert spans_of("~~~", fence)[1] is Fence.BACKTICKS
    assert spans_of("```", fence)[1] is Fence.NONE


def test_offsets_count_utf16_units() -> None:
    assert utf16_offsets("aé漢") is None
    assert utf16_offsets("a😀b") == [0, 1, 3, 4]


def test_only_the_first_part_of_a_very_long_line_is_looked_at() -> None:
    spans, _ = spans_of("**a " * 100_000, Fence.NONE)
    assert all(span.end <= 4000 for span in spans)


@pytest.fixture
def document(qapp: QApplication, theme: Theme) -> QTextDocument:
    made = QTextDocument()
    made.documentLayout()
    return made


def weights(document: QTextDocument) -> str:
    """The letters of the first line that are painted bold."""
    text = document.firstBlock().text().encode("utf-16-le")
    return "|".join(
        text[2 * f.start : 2 * (f.start + f.length)].decode("utf-16-le")
        for f in document.firstBlock().layout().formats()
        if f.format.fontWeight() == QFont.Weight.Bold
    )


def test_bold_lies_where_it_is_written_also_after_emoji(document: QTextDocument) -> None:
    document.setPlainText("😀😀 so **bold** it is")
    highlighter = MarkdownHighlighter(document)
    highlighter.rehighlight()
    assert weights(document) == "**|bold|**"


def grounds(document: QTextDocument) -> list[str]:
    line = document.firstBlock()
    return [
        line.text()[f.start : f.start + f.length]
        for f in line.layout().formats()
        if f.format.background().color().alpha() not in (0, 255)
    ]


def test_hits_of_a_search_are_marked_whatever_their_case_and_accents(
    document: QTextDocument,
) -> None:
    document.setPlainText("Café plans, a CAFE and cafes; planet")
    highlighter = MarkdownHighlighter(document)
    highlighter.show_hits(SearchQuery(words=("cafe", "plan"), open_ended=True))
    assert grounds(document) == ["Café", "plans", "CAFE", "planet"]
    highlighter.show_hits(SearchQuery())
    assert grounds(document) == []


def code_lines(document: QTextDocument) -> list[int]:
    """The numbers of the lines that are painted as code."""
    found, block = [], document.begin()
    while block.isValid():
        if any(f.format.fontFixedPitch() for f in block.layout().formats()):
            found.append(block.blockNumber())
        block = block.next()
    return found


def test_a_fence_changes_the_lines_below_it_as_it_is_typed_and_taken_away(
    document: QTextDocument,
) -> None:
    document.setPlainText("one\ntwo\nthree")
    MarkdownHighlighter(document).rehighlight()
    cursor = QTextCursor(document)
    cursor.insertText("```\n")
    assert code_lines(document) == [1, 2, 3]
    document.undo()
    assert code_lines(document) == []


def test_nothing_is_painted_while_it_is_not_active(document: QTextDocument) -> None:
    highlighter = MarkdownHighlighter(document)
    highlighter.set_active(False)
    document.setPlainText("so **bold**")
    assert weights(document) == ""
    highlighter.set_active(True)
    highlighter.rehighlight()
    assert weights(document) == "**|bold|**"


def test_what_an_input_method_composes_keeps_its_own_looks(document: QTextDocument) -> None:
    document.setPlainText("a **b**")
    layout = document.firstBlock().layout()
    layout.setPreeditArea(1, "かな")
    composed = QTextLayout.FormatRange()
    composed.start, composed.length = 1, 2
    composed.format.setFontUnderline(True)
    layout.setFormats([composed])
    MarkdownHighlighter(document).rehighlight()
    ranges = [(f.start, f.length) for f in layout.formats()]
    assert ranges == [(1, 2), (4, 2), (6, 1), (7, 2)]
