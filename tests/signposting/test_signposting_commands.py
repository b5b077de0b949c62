"""The same engine from a terminal."""

import json

import pytest

from signposting.__main__ import main
from signposting.bench import measure


@pytest.fixture
def say(capsys):
    def run(*arguments):
        code = main(arguments)
        return code, capsys.readouterr().out

    return run


def test_now_prints_what_is_open_and_why_as_json(say):
    code, out = say(
        *("now", "--at", "2026-12-28T16:30", "--age", "15", "--area", "Plymouth"),
        *("--channel", "text", "--json"),
    )
    rows = json.loads(out)

    assert code == 0
    assert rows["at"] == "2026-12-28T16:30+00:00"
    assert [row["id"] for row in rows["choices"]] == [
        "shout-85258",
        "papyrus-hopeline247",
    ]
    assert rows["choices"][0]["why"] == "open now, by text, free"


def test_now_asks_which_area_is_meant(say):
    code, out = say("now", "--area", "PL15")

    assert code == 1
    assert out == "which area is PL15: Cornwall, Devon\n"


def test_now_in_words_names_the_next_to_open(say):
    code, out = say("now", "--at", "2026-11-22T03:00", "--for", "lgbtq")

    assert code == 0
    assert "next: Switchboard, 2026-11-22T10:00+00:00" in out


def test_explain_shows_the_rule_that_decided(say):
    code, out = say("now", "--explain", "kooth", "--at", "2026-12-28T13:00")

    assert code == 0
    assert "webchat: closed until: no row of its hours covers this minute" in out
    assert "opens 2026-12-28T18:00+00:00" in out
    assert "the site is up, which says nothing about a person" in out


def test_explain_says_that_a_held_record_is_not_shown(say):
    _, out = say("now", "--explain", "night-owls")

    assert "not shown: do not show until checked" in out


def test_explain_of_an_unknown_name_is_refused(say):
    assert say("now", "--explain", "nobody")[0] == 1


def test_check_lists_what_no_one_has_checked_and_passes(say):
    code, out = say("check")

    assert code == 0
    assert "never checked live: calm" in out
    assert "86 records, 42 may be shown" in out


def test_bench_measures_a_directory_of_the_size_asked_for():
    grown = measure(200, 20)

    assert grown.services == 200
    assert 0 < grown.median_ms <= grown.slowest_ms
