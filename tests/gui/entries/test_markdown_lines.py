import pytest

from kotter_journal.gui.entries.markdown_lines import LineTool, continued, toggled


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("- one", "- "),
        ("  * one", "  * "),
        ("3. one", "4. "),
        ("9) one", "10) "),
        ("- [x] done", "- [ ] "),
        ("> said", "> "),
        ("> - said", "> - "),
        ("- ", ""),
        ("- [ ] ", ""),
        (">", ""),
        ("plain", None),
        ("-nothing", None),
        ("## heading", None),
        ("", None),
    ],
)
def test_enter_goes_on_with_the_mark_of_the_line(line: str, mark: str | None) -> None:
    assert continued(line, len(line)) == mark


def test_enter_before_the_mark_is_an_ordinary_enter() -> None:
    assert continued("- one", 0) is None


@pytest.mark.parametrize(
    ("tool", "before", "after"),
    [
        (LineTool.HEADING, ["Next"], ["## Next"]),
        (LineTool.HEADING, ["### Next"], ["Next"]),
        (LineTool.LIST, ["a", "  b"], ["- a", "  - b"]),
        (LineTool.LIST, ["- a", "- [ ] b"], ["a", "b"]),
        (LineTool.LIST, ["- a", "b"], ["- a", "- b"]),
        (LineTool.CHECKLIST, ["a", "- b"], ["- [ ] a", "- [ ] b"]),
        (LineTool.CHECKLIST, ["- [ ] a"], ["- [x] a"]),
        (LineTool.CHECKLIST, ["- [x] a"], ["- [ ] a"]),
        (LineTool.CHECKLIST, ["- [x] a", "b"], ["- [x] a", "- [ ] b"]),
        (LineTool.QUOTE, ["a"], ["> a"]),
        (LineTool.QUOTE, ["> a", "> b"], ["a", "b"]),
    ],
)
def test_a_tool_gives_lines_their_mark_or_takes_it_away(
    tool: LineTool, before: list[str], after: list[str]
) -> None:
    assert toggled(before, tool) == after
