"""Invisible characters: which deceive, which are needed, and how an address is shown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.invisible import boxed, deceptive, named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pay \u202egnp.exe", "pay ‹RLO›gnp.exe"),
        ("a\u200bb", "a‹ZWSP›b"),
        ("in\u00advisible", "in‹SHY›visible"),
        ("\u2066x\u2069", "‹LRI›x‹PDI›"),
        ("la\u200dtin", "la‹ZWJ›tin"),
        ("la\u200ctin", "la‹ZWNJ›tin"),
        ("one\u200ftwo", "one‹RLM›two"),
        ("x\U000e0041", "x‹U+E0041›"),
        ("a\ufeffb", "a‹BOM›b"),
        ("a\u3164b", "a‹HF›b"),
        ("日\u200d本", "日‹ZWJ›本"),
        ("x < \u200d> y", "x < ‹ZWJ›> y"),
        ("pay\u200epal שלום", "pay‹LRM›pal שלום"),
        ("שלום\nplain \u200etext", "שלום\nplain ‹LRM›text"),
        ("שלום " + "x" * 40 + " \u200f!", "שלום " + "x" * 40 + " ‹RLM›!"),
        ("a\ufe0fb", "a‹U+FE0F›b"),
        ("❤\ufe0f\ufe01", "❤\ufe0f‹U+FE01›"),
        ("😀\U000e0101\U000e0102", "😀\U000e0101‹U+E0102›"),
        ("🏴\U000e0068\U000e0069", "🏴‹U+E0068›‹U+E0069›"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e0021\U000e007f",
            "🏴‹U+E0067›‹U+E0062›‹U+E0065›‹U+E006E›‹U+E0067›‹U+E0021›‹U+E007F›",
        ),
        ("a\u206eb\u180e\u1160", "a‹U+206E›b‹MVS›‹HJF›"),
        ("a\x85b", "a‹U+0085›b"),
    ],
)
def test_what_could_deceive_is_named(text: str, shown: str) -> None:
    assert named(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "naïve café, Straße",
        "👩\u200d🚒 and 👨\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "שלום\u200f.",
        "שלום!\u200e (abc) \u200fx",
        "🙂\u200d↔\ufe0f",
        "👩🏽\u200d🚒",
        "1\ufe0f\u20e3 ©\ufe0f ℹ\ufe0f ⚠\ufe0e",
        "葛\U000e0100",
        "ភាសា\u200bខ្មែរ",
        "ᠠ\u180eᠠ ᠮ\u180b",
        "ᅟᅠᇂ",
        "ه\u200d سنة",
        "日本語",
        "",
    ],
)
def test_what_a_script_needs_is_left_alone(text: str) -> None:
    assert named(text) == text
    assert list(deceptive(text)) == []


@given(st.text())
def test_nothing_else_changes(text: str) -> None:
    places = set(deceptive(text))
    box = boxed(text)
    assert len(box) == len(text)
    assert all(box[at] == text[at] for at in range(len(text)) if at not in places)


@given(st.text(alphabet="ab \n\u200d\u200e\u202e\ufe0f👩🚒שם🏴\U000e0067\U000e007f"), st.data())
def test_a_part_of_a_text_is_judged_by_what_stands_round_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    flag = "🏴" in text
    whole = [at for at in deceptive(text) if start <= at < end]
    assert flag or list(deceptive(text, start, end)) == whole


@pytest.mark.parametrize(
    "piece", ["\u200b", "\u202ea", "\u200e", "\U000e0041", "🏴\U000e0067", "ه\u200d"]
)
def test_a_text_of_nothing_else_takes_a_moment(piece: str) -> None:
    few, many = piece * 2_000, piece * 64_000
    short, long = _seconds(few), _seconds(many)
    assert long < 32 * 8 * max(short, 0.0005)


def _seconds(text: str) -> float:
    def once() -> float:
        before = time.perf_counter()
        boxed(text)
        return time.perf_counter() - before

    return min(once() for _ in range(3))
