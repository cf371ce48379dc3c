import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import Activity, Pair, Side
from kotter_journal.domain.search import (
    SearchQuery,
    match_expression,
    parse_query,
    without_expression,
)

TODAY = date(2026, 5, 14)

READINGS = [
    ("", SearchQuery()),
    ("  \n", SearchQuery()),
    ("night shift", SearchQuery(words=("night", "shift"))),
    ('"night  shift" ops', SearchQuery(words=("ops",), phrases=("night shift",))),
    ("“night shift”", SearchQuery(phrases=("night shift",))),
    ('"night sh', SearchQuery(phrases=("night sh",))),
    ('ops"night shift"', SearchQuery(words=("ops",), phrases=("night shift",))),
    ("ops -budget", SearchQuery(words=("ops",), without=("budget",))),
    ('ops -"night shift"', SearchQuery(words=("ops",), without=("night shift",))),
    ("-budget", SearchQuery(without=("budget",))),
    (
        "-#lyon -@Dana",
        SearchQuery(unless=(SearchQuery(tags=("lyon",)), SearchQuery(people=("Dana",)))),
    ),
    ("-is:starred", SearchQuery(unless=(SearchQuery(starred=True),))),
    (
        "-activity:a -on:2026-05-12 -is:red",
        SearchQuery(
            without=("is:red",),
            unless=(
                SearchQuery(activities=(Activity.ALIGNING_PEOPLE,)),
                SearchQuery(since=date(2026, 5, 12), until=date(2026, 5, 13)),
            ),
        ),
    ),
    # Beginnings
    ("plan* b*", SearchQuery(beginnings=("plan", "b"))),
    ('* ** "plan*"', SearchQuery(phrases=("plan*",))),
    # Scripts without spaces
    ("会議 -予算", SearchQuery(words=("会議",), without=("予算",))),
    ("follow-up", SearchQuery(words=("follow-up",))),
    ('- -- * () \' " " ^ …', SearchQuery()),
    ("AND OR NOT NEAR", SearchQuery(words=("AND", "OR", "NOT", "NEAR"))),
    ("title:x", SearchQuery(words=("title:x",))),
    ('title:"x y"', SearchQuery(words=("title:x y",))),
    ("10:30 https://example.org", SearchQuery(words=("10:30", "https://example.org"))),
    # Tags and people
    ("#lyon tag:line-3 tag:#ops", SearchQuery(tags=("lyon", "line-3", "ops"))),
    ('tag:"night shift" #lyon #lyon', SearchQuery(tags=("night shift", "lyon"))),
    ("#42 #a#b", SearchQuery(words=("#42", "#a#b"))),
    ("#lyon, ops", SearchQuery(words=("ops",), tags=("lyon",))),
    ("@Dana person:Sam person:@Lea", SearchQuery(people=("Dana", "Sam", "Lea"))),
    ("dana@example.org", SearchQuery(words=("dana@example.org",))),
    ("@ # tag: tag:# person:@", SearchQuery(words=("tag:", "tag:#", "person:@"))),
    ('"#lyon"', SearchQuery(phrases=("#lyon",))),
    # Activities
    ("activity:aligning", SearchQuery(activities=(Activity.ALIGNING_PEOPLE,))),
    ("Activity:Budgeting", SearchQuery(activities=(Activity.PLANNING_BUDGETING,))),
    ("activity:a activity:ali", SearchQuery(activities=(Activity.ALIGNING_PEOPLE,))),
    ("activity:setting_direction", SearchQuery(activities=(Activity.SETTING_DIRECTION,))),
    ("activity:golf activity:", SearchQuery(words=("activity:golf", "activity:"))),
    ("side:leading", SearchQuery(sides=(Side.LEADING,))),
    ("side:managing side:managing", SearchQuery(sides=(Side.MANAGING,))),
    ("side:outside", SearchQuery(activities=(Activity.OUTSIDE,))),
    ("side:left", SearchQuery(words=("side:left",))),
    # Dates
    ("from:2026-05-12", SearchQuery(since=date(2026, 5, 12))),
    ("to:2026-05-12", SearchQuery(until=date(2026, 5, 13))),
    ("on:2026-05-12", SearchQuery(since=date(2026, 5, 12), until=date(2026, 5, 13))),
    ("from:2026-02 to:2026-02", SearchQuery(since=date(2026, 2, 1), until=date(2026, 3, 1))),
    ("on:2026-12", SearchQuery(since=date(2026, 12, 1), until=date(2027, 1, 1))),
    ("on:2025", SearchQuery(since=date(2025, 1, 1), until=date(2026, 1, 1))),
    ("on:today", SearchQuery(since=TODAY, until=date(2026, 5, 15))),
    ("from:yesterday", SearchQuery(since=date(2026, 5, 13))),
    (
        "from:2025 from:2026 to:2027 to:2026",
        SearchQuery(since=date(2026, 1, 1), until=date(2027, 1, 1)),
    ),
    ("to:9999", SearchQuery()),
    ("on:9999-12-31", SearchQuery(since=date.max)),
    ("from:2026-02-31 to:2026-13", SearchQuery(words=("from:2026-02-31", "to:2026-13"))),
    ("on:0000 on:", SearchQuery(words=("on:0000", "on:"))),
    ("on:monday", SearchQuery(since=date(2026, 5, 11), until=date(2026, 5, 12))),
    (
        'from:"12 May" to:"14 May 2026"',
        SearchQuery(since=date(2026, 5, 12), until=date(2026, 5, 15)),
    ),
    ('on:"next month"', SearchQuery(words=("on:next month",))),
    # Minutes and pairs
    ("minutes:>30", SearchQuery(at_least=31, at_most=10**9)),
    ("minutes:>=30", SearchQuery(at_least=30, at_most=10**9)),
    ("minutes:<30", SearchQuery(at_least=0, at_most=29)),
    ("minutes:<=30m", SearchQuery(at_least=0, at_most=30)),
    ("minutes:45", SearchQuery(at_least=45, at_most=45)),
    ("minutes:30-60", SearchQuery(at_least=30, at_most=60)),
    ("minutes:>30 minutes:<60", SearchQuery(at_least=31, at_most=59)),
    ("minutes:many", SearchQuery(words=("minutes:many",))),
    ("pair:who", SearchQuery(pairs=(Pair.WHO_IT_TAKES,))),
    (
        "pair:what pair:getting_it_done",
        SearchQuery(pairs=(Pair.WHAT_NEEDS_DOING, Pair.GETTING_IT_DONE)),
    ),
    ("pair:best", SearchQuery(words=("pair:best",))),
    # Flags
    ("is:even has:attachment", SearchQuery(even=True, attached=True)),
    ("is:starred", SearchQuery(starred=True)),
    ("is:untimed ops", SearchQuery(words=("ops",), untimed=True)),
    ("is:red", SearchQuery(words=("is:red",))),
    (
        'why activity:a #lyon @Sam from:2026 is:starred "the why" -budget',
        SearchQuery(
            words=("why",),
            phrases=("the why",),
            without=("budget",),
            activities=(Activity.ALIGNING_PEOPLE,),
            tags=("lyon",),
            people=("Sam",),
            since=date(2026, 1, 1),
            starred=True,
        ),
    ),
]


@pytest.mark.parametrize(("text", "query"), READINGS)
def test_a_query_reads_as_it_would_be_meant(text: str, query: SearchQuery) -> None:
    assert parse_query(text, TODAY) == query


def test_a_phrase_that_is_still_being_typed_may_end_anywhere() -> None:
    query = parse_query('ops "night sh', TODAY, open_ended=True)
    assert match_expression(query) == '"ops" AND "night sh" *'


@pytest.mark.parametrize("today", [date.min, date.max])
def test_every_day_of_the_calendar_can_be_today(today: date) -> None:
    assert parse_query("on:today", today).since == today
    assert parse_query("from:yesterday", today).since is not None


@pytest.mark.parametrize(
    ("text", "expression", "without"),
    [
        ("", "", ""),
        ("#lyon", "", ""),
        ("ops", '"ops"', ""),
        ('AND "NOT x"', '"AND" AND "NOT x"', ""),
        ("-budget", "", '"budget"'),
        ('ops -budget -"a b"', '("ops") NOT ("budget" OR "a b")', '"budget" OR "a b"'),
    ],
)
def test_the_expression_holds_quoted_terms_only(text: str, expression: str, without: str) -> None:
    query = parse_query(text, TODAY)
    assert match_expression(query) == expression
    assert without_expression(query) == without
    assert query.has_words == bool(expression)


def test_terms_without_letters_or_digits_are_not_asked_for() -> None:
    query = SearchQuery(words=("--", "ops", "*"), phrases=('"',), without=("!",), open_ended=True)
    assert match_expression(query) == '"ops"'
    assert not SearchQuery(words=("--",)).has_words


def test_a_quote_inside_a_term_is_doubled() -> None:
    assert match_expression(SearchQuery(words=('a"b',))) == '"a""b"'


def test_an_empty_query_asks_for_everything() -> None:
    assert parse_query(" -- ", TODAY, open_ended=True).is_empty
    assert not parse_query("is:untimed", TODAY).is_empty


# Against the real index

Ask = Callable[[SearchQuery], list[str]]
TEXTS = {
    "why": "Ops leads: why the direction changed",
    "cafe": "Café with Tomasz, about the night shift",
    "budget": "Q3 budget, first pass: the follow-up",
}


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE entry_text USING fts5(title, body, prefix='1 2 3',"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    index.executemany("INSERT INTO entry_text VALUES (?, ?)", TEXTS.items())

    def titles(query: SearchQuery) -> list[str]:
        statement = "SELECT title FROM entry_text WHERE entry_text MATCH ? ORDER BY title"
        return [row[0] for row in index.execute(statement, (match_expression(query),))]

    yield titles
    index.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("direction", ["why"]),
        ("direc", []),
        ("CAFE", ["cafe"]),
        ("the", ["budget", "cafe", "why"]),
        ("the -budget", ["cafe", "why"]),
        ('the -"night shift" -why', ["budget"]),
        ('"shift night"', []),
        ("follow-up", ["budget"]),
        ("cafe tomasz", ["cafe"]),
        ("café budget", []),
    ],
)
def test_the_index_finds_what_was_asked_for(ask: Ask, text: str, found: list[str]) -> None:
    assert ask(parse_query(text, TODAY)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("direc", ["why"]),
        ("dir chan", []),
        ("changed dir", ["why"]),
        ("dir #lyon", ["why"]),
        ('"night sh', ["cafe"]),
        ('"night sh"', []),
        ("direc --", ["why"]),
        ("t -budget", ["cafe", "why"]),
    ],
)
def test_only_the_last_word_may_be_a_beginning(ask: Ask, text: str, found: list[str]) -> None:
    assert ask(parse_query(text, TODAY, open_ended=True)) == found


_PIECES = st.sampled_from(
    (
        *('"', "-", "*", "^", ":", "(", ")", "{", "}", "+", ",", " ", "'", "\\", "“", "…", "\x00"),
        *("AND", "OR", "NOT", "NEAR(", "title", "body", "word", "é", "昼", "a\u0301", "\u0301"),
        *("#tag", "@Dana", "tag:", "from:2026", "on:0", "is:starred", "side:", "activity:a"),
        *("\ud800", "\ufeff", "🦊", "\U0001fbf1", "²", "\ue000"),
    )
)
_TEXTS = st.one_of(st.text(st.characters(), max_size=60), st.lists(_PIECES).map("".join))


@given(text=_TEXTS, open_ended=st.booleans())
def test_nothing_a_person_types_is_syntax(ask: Ask, text: str, open_ended: bool) -> None:
    query = parse_query(text, TODAY, open_ended=open_ended)
    assert query.has_words == bool(match_expression(query))
    if query.has_words:
        ask(query)
    if without_expression(query):
        ask(SearchQuery(phrases=query.without))


@given(
    words=st.lists(_TEXTS, max_size=3),
    phrases=st.lists(_TEXTS, max_size=2),
    without=st.lists(_TEXTS, max_size=2),
    open_ended=st.booleans(),
)
def test_no_query_whatever_its_origin_is_syntax(
    ask: Ask, words: list[str], phrases: list[str], without: list[str], open_ended: bool
) -> None:
    query = SearchQuery(
        words=tuple(words), phrases=tuple(phrases), without=tuple(without), open_ended=open_ended
    )
    if query.has_words:
        ask(query)


@given(st.lists(st.sampled_from(["ops", "night", "über", "Q3", "follow-up"])))
def test_plain_words_stay_as_typed(words: list[str]) -> None:
    assert parse_query(" ".join(words), TODAY) == SearchQuery(words=tuple(words))


@pytest.mark.parametrize("piece", ["word ", '"', '-"a', "a:", "-", "#a", "tag:x ", "from:2026 "])
def test_long_queries_are_read_in_no_time(ask: Ask, piece: str) -> None:
    before = perf_counter()
    query = parse_query(piece * (100_000 // len(piece)), TODAY)
    if query.has_words:
        ask(query)
    assert perf_counter() - before < 5
