"""Invisible characters: which deceive, which are needed, and how an address is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.invisible import boxed, deceptive, named, shown_address


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


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://kotter.example/a?b=1#c", "https://kotter.example/a?b=1#c"),
        ("https://bank.example@evil.example/login", "https://evil.example/login"),
        ("https://user:secret@evil.example:8443/", "https://evil.example:8443/"),
        ("https://аррle.example/", "https://xn--le-6kc8da.example/"),
        ("mailto:dana@kotter.example", "mailto:dana@kotter.example"),
        ("https://a.example/\u202etxt.exe", "https://a.example/‹RLO›txt.exe"),
        ("https://a.example:99999/", "https://a.example/"),
    ],
)
def test_an_address_shows_where_it_leads(address: str, shown: str) -> None:
    assert shown_address(address) == shown


def test_a_long_address_keeps_its_host_and_its_end() -> None:
    shown = shown_address(f"https://a.example/{'x' * 5000}.exe")
    assert len(shown) < 300
    assert shown.startswith("https://a.example/")
    assert shown.endswith(".exe")


@given(st.text())
def test_no_address_is_too_strange(text: str) -> None:
    try:
        shown_address(f"https://{text}")
    except ValueError:
        pytest.fail("an address was refused")
