"""Search against a plain scan of all texts: 500 seeded questions, each with the same answer."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotter_journal.domain.activities import PAIRS, Activity, Pair
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    Method,
    fold,
    revised,
)
from kotter_journal.domain.search import SearchQuery, is_run, parse_query
from kotter_journal.services.entries import delete_entries, revise_entry
from kotter_journal.storage import entries, search
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.tables import create_all
from tests.conftest import DAY

WORDS = [
    "night",
    "shift",
    "café",
    "café",
    "CAFÉ",
    "Straße",
    "naïve",
    "Ünïted",
    "q3",
    "plan",
    "planning",
    "planner",
    "follow-up",
    "don't",
    "🚒",
    '"quoted"',
    "会議",
    "予算の会議",
    "ประชุม",
    "회의를",
    "ops",
    "OPS",
    "cóte",
    "10:30",
    "a.b",
]
FLAGS = ("unclassified", "delegable", "developing", "stated", "heard", "challenged")
TAGS, PEOPLE = ("lyon", "line-3", "ops"), ("Dana", "Sam")
MINUTES = (None, 15, 30, 45, 60, 90)


@pytest.fixture
def texts(write: Callable[..., Entry]) -> list[Entry]:
    """Two hundred entries of a few words each."""
    chance = random.Random(8)  # noqa: S311
    made = []
    for number in range(200):
        duration = chance.choice(MINUTES)
        activities = chance.sample(list(Activity), chance.randrange(3))
        method = chance.choice([Method.EXPLICIT, Method.EVEN])
        made.append(
            write(
                " ".join(chance.choices(WORDS, k=chance.randrange(1, 9))),
                day=number % 30,
                title=chance.choice([None, " ".join(chance.choices(WORDS, k=2))]),
                duration=None if duration is None else min(duration, 30),
                allocations=tuple(
                    Allocation(one, 5 if duration else 0, method) for one in activities
                ),
                tags=tuple(chance.sample(TAGS, chance.randrange(2))),
                people=tuple(chance.sample(PEOPLE, chance.randrange(2))),
                starred=chance.random() < 0.3,
                delegable=chance.choice(list(Delegable)),
                develops_leader=chance.random() < 0.3,
                direction=DirectionTouches(*(chance.random() < 0.3 for _ in range(3))),
            )
        )
    return made


def tokens(text: str) -> list[str]:
    """Words as they are compared: no accents, small letters, nothing but letters and digits."""
    plain = "".join(
        c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn"
    )
    kept = (c.lower() if unicodedata.category(c)[0] in "LN" else " " for c in plain)
    return "".join(kept).split()


def occurs(entry: Entry, term: str, *, beginning: bool = False) -> bool:
    """Whether the title or the text holds a term, as words in a row or as a run of letters."""
    fields = [entry.title or "", entry.body]
    if is_run(term):
        return any(term.lower() in field.lower() for field in fields)
    wanted = tokens(term)
    for field in fields:
        held = tokens(field)
        for at in range(len(held) - len(wanted) + 1):
            part = held[at : at + len(wanted)]
            last = part[-1].startswith(wanted[-1]) if beginning else part[-1] == wanted[-1]
            if part[:-1] == wanted[:-1] and last:
                return True
    return False


def answers(entry: Entry, query: SearchQuery) -> bool:
    """Whether an entry answers a question, looked at without any index."""
    given_to = {one.activity for one in entry.allocations}
    return (
        all(occurs(entry, term) for term in (*query.words, *query.phrases))
        and all(occurs(entry, term, beginning=True) for term in query.beginnings)
        and not any(occurs(entry, term) for term in query.without)
        and all(activity in given_to for activity in query.activities)
        and all(given_to & set(PAIRS[pair]) for pair in query.pairs)
        and all(any(fold(one) == fold(tag) for one in entry.tags) for tag in query.tags)
        and all(any(fold(one) == fold(name) for one in entry.people) for name in query.people)
        and (query.since is None or entry.on >= query.since)
        and (query.until is None or entry.on < query.until)
        and (query.at_least is None or (entry.duration or -1) >= query.at_least)
        and (query.at_most is None or (entry.duration or 10**9) <= query.at_most)
        and (not query.starred or entry.starred)
        and (not query.untimed or entry.duration is None)
        and (not query.unclassified or entry.unclassified > 0)
        and (not query.delegable or entry.delegable in (Delegable.COULD, Delegable.SHOULD))
        and (not query.developing or entry.develops_leader)
        and (not query.stated or entry.direction.stated)
        and (not query.heard_back or entry.direction.heard_back)
        and (not query.challenged or entry.direction.challenged)
        and (not query.even or any(one.method is Method.EVEN for one in entry.allocations))
        and not any(answers(entry, one) for one in query.unless)
    )


def question(chance: random.Random) -> str:
    """A question as somebody could type it."""
    day = DAY + timedelta(days=chance.randrange(30))
    word = chance.choice([w for w in WORDS if tokens(w)]).replace('"', "")
    forms = (
        word,
        word,
        word.upper(),
        unicodedata.normalize("NFD", word),
        f"{word[:2]}*" if not is_run(word) else word[:2],
        f'"{" ".join(chance.choices(WORDS, k=2)).replace(chr(34), "")}"',
        f"-{word}",
        f"#{chance.choice(TAGS)}",
        f"-#{chance.choice(TAGS)}",
        f"@{chance.choice(PEOPLE)}",
        f"activity:{chance.choice(list(Activity)).value}",
        f"-activity:{chance.choice(list(Activity)).value}",
        f"pair:{chance.choice(list(Pair)).value}",
        f"minutes:{chance.choice(['>15', '<30', '15-30', '30', '>=15'])}",
        f"-minutes:{chance.choice(['>15', '<30', '30'])}",
        f"from:{day}",
        f"to:{day}",
        f"-on:{day}",
        "is:starred",
        "-is:starred",
        "is:untimed",
        "is:even",
        "-is:even",
        f"is:{chance.choice(FLAGS)}",
        f"-is:{chance.choice(FLAGS)}",
    )
    return " ".join(chance.choices(forms, k=chance.randrange(1, 4)))


def test_five_hundred_questions_are_answered_as_by_a_plain_scan(
    door: Database, texts: list[Entry]
) -> None:
    chance = random.Random(9)  # noqa: S311
    found = 0
    for number in range(500):
        text = question(chance)
        query = parse_query(text, date(2026, 3, 4))
        expected = sorted(one.id for one in texts if answers(one, query))
        with door.transaction() as tx:
            at = search.positions(tx, query)
            ids = sorted(_ids(tx, at))
            assert search.count(tx, query) == len(at)
        assert ids == expected, (number, text, query)
        found += bool(expected)
    assert found > 200


def _ids(tx: Transaction, at: Sequence[int]) -> list[str]:
    return list(entries.ids_at(tx, at))


def test_the_best_comes_first_and_a_title_counts_more(
    door: Database, write: Callable[..., Entry]
) -> None:
    write("a plan in passing, and much else to say about other things", day=3)
    best = write("short", title="The plan", day=0)
    query = SearchQuery(words=("plan",), best_first=True)
    with door.transaction() as tx:
        ranked = _ids(tx, search.positions(tx, query)[:1])
    assert ranked == [best.id]


@pytest.mark.parametrize("ask", ["会", "会議", "予算の会議", "の会", "ประชุม", "회의", "회"])
def test_parts_of_runs_are_found_and_shown(
    door: Database, write: Callable[..., Entry], ask: str
) -> None:
    write("今日は予算の会議です。", day=1)
    write("การประชุมวันนี้", day=2)
    write("오늘 회의를 했다", day=3)
    write("nothing of the kind", day=4)
    query = parse_query(ask, DAY)
    with door.transaction() as tx:
        at = search.positions(tx, query)
        ((line, hits),) = search.snippets(tx, query, at).values()
    assert len(at) == 1
    assert [line[start:end] for start, end in hits] == [ask]


def test_what_is_deleted_or_changed_is_no_longer_found(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("予算の会議", day=1)
    query = parse_query("会議", DAY)
    with door.transaction() as tx:
        revise_entry(tx, revised(entry, entry.modified_at, body="予算だけ"))
        assert search.count(tx, query) == 0
        assert search.count(tx, parse_query("予算だけ", DAY)) == 1
        delete_entries(tx, [entry.id], entry.modified_at)
        assert search.count(tx, parse_query("予算だけ", DAY)) == 0


@given(st.text(), st.booleans())
@settings(max_examples=200)
def test_nothing_that_is_typed_breaks_a_question(empty: Database, text: str, ranked: bool) -> None:
    query = parse_query(text, DAY, open_ended=True)
    with empty.transaction() as tx:
        search.positions(tx, query)
        search.count(tx, query)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A journal with one entry, for questions without end."""
    door = Database(tmp_path_factory.mktemp("empty") / "j.db", bytes(32))
    with door.transaction() as tx:
        create_all(tx)
    return door
