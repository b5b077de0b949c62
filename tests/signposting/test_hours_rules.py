"""One rule of opening hours at a time, on small records made for it."""

import pytest

from signposting import AgeRange, OpenState, Way, aged, open_now
from signposting.hours import Why

OPEN = OpenState.OPEN
PROBABLY = OpenState.PROBABLY_OPEN
CLOSED = OpenState.CLOSED_UNTIL
UNKNOWN = OpenState.HOURS_NOT_KNOWN
UNKNOWN_HOLIDAY = OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN


@pytest.fixture
def ask(holidays):
    def answer(service, at, **wishes):
        return open_now(service, at, holidays=holidays, **wishes)

    return answer


def test_a_night_line_belongs_to_the_day_it_opened_on(a_service, a_row, ask, london):
    friday_night = a_service(a_row(byday="FR", opens_at="20:00", closes_at="08:00"))

    assert ask(friday_night, london("2026-11-27T19:59")).state is CLOSED
    assert ask(friday_night, london("2026-11-27T20:00")).state is OPEN
    assert ask(friday_night, london("2026-11-28T07:59")).state is OPEN  # Saturday
    assert ask(friday_night, london("2026-11-28T08:00")).state is CLOSED
    assert ask(friday_night, london("2026-11-28T20:00")).state is CLOSED


def test_a_whole_day_has_no_hole_in_its_last_minute(a_service, a_row, ask, london):
    always = a_service(a_row(opens_at="00:00", closes_at="23:59"))

    answer = ask(always, london("2026-11-27T23:59"))

    assert answer.state is OPEN
    assert answer.closes_at is None


def test_midnight_closing_is_at_the_end_of_the_day(a_service, a_row, ask, london):
    evening = a_service(a_row(opens_at="17:00", closes_at="00:00"))

    answer = ask(evening, london("2026-11-27T23:30"))

    assert answer.state is OPEN
    assert answer.closes_at == london("2026-11-28T00:00")
    assert ask(evening, london("2026-11-28T00:00")).state is CLOSED


def test_a_closed_line_says_when_it_opens_and_skips_the_weekend(
    a_service, a_row, ask, london
):
    weekdays = a_service(a_row(byday="MO,TU,WE,TH,FR"))

    answer = ask(weekdays, london("2026-11-27T17:00"))  # Friday

    assert answer.state is CLOSED
    assert answer.opens_at == london("2026-11-30T09:00")


def test_the_night_the_clocks_go_back_is_an_hour_longer(a_service, a_row, ask, london):
    night = a_service(a_row(byday="SA", opens_at="20:00", closes_at="08:00"))

    opened = london("2026-10-24T20:00")
    answer = ask(night, opened)

    # In the zone's own arithmetic it would be 12 hours; the truth is 13.
    assert answer.closes_at is not None
    assert answer.closes_at.timestamp() - opened.timestamp() == 13 * 3600


def test_an_opening_in_the_hour_the_clocks_skip_happens_when_they_land(
    a_service, a_row, ask, london
):
    early = a_service(a_row(opens_at="01:30", closes_at="05:00"))

    answer = ask(early, london("2027-03-28T00:30"))

    assert answer.state is CLOSED
    assert answer.opens_at == london("2027-03-28T02:00")
    assert ask(early, london("2027-03-28T02:00")).state is OPEN


def test_both_passes_of_the_repeated_hour_get_the_same_answer(
    a_service, a_row, ask, london
):
    until_half_past_one = a_service(a_row(opens_at="20:00", closes_at="01:30"))

    for second in (False, True):
        at = london("2026-10-25T01:15", second=second)
        answer = ask(until_half_past_one, at)
        assert answer.state is OPEN
        assert answer.closes_at == london("2026-10-25T01:30", second=second)
    assert ask(until_half_past_one, london("2026-10-25T01:45")).state is CLOSED


def test_the_wall_decides_even_when_the_clocks_go_back_over_an_edge(
    a_service, a_row, ask, london
):
    from_half_past_one = a_service(a_row(opens_at="01:30", closes_at="05:00"))
    until_half_past_one = a_service(a_row(opens_at="20:00", closes_at="01:30"))
    at = london("2026-10-25T01:45")
    one_again = london("2026-10-25T01:00", second=True)

    assert ask(from_half_past_one, at).closes_at == one_again
    assert ask(until_half_past_one, at).opens_at == one_again


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        ("open", OPEN),
        ("closed", CLOSED),
        ("unknown", UNKNOWN_HOLIDAY),
        ("see-weekend", CLOSED),
    ],
)
def test_what_a_row_says_of_bank_holidays_is_kept(
    a_service, a_row, ask, london, rule, state
):
    mondays = a_service(a_row(byday="MO", x_bank_holidays=rule))

    assert ask(mondays, london("2026-12-28T10:00")).state is state
    assert ask(mondays, london("2026-12-21T10:00")).state is OPEN  # an ordinary one


def test_a_weekend_row_may_serve_on_bank_holidays_too(a_service, a_row, ask, london):
    weekend = a_service(
        a_row(byday="SA,SU", opens_at="18:00", closes_at="22:00", x_bank_holidays=None)
        | {"x_also_on_bank_holidays": True}
    )

    assert ask(weekend, london("2026-12-28T19:00")).state is OPEN
    assert ask(weekend, london("2026-12-21T19:00")).state is CLOSED


def test_after_an_unknown_bank_holiday_the_next_sure_opening_is_given(
    a_service, a_row, ask, london
):
    line = a_service(a_row(x_bank_holidays="unknown"))

    answer = ask(line, london("2026-12-28T10:00"))

    assert answer.state is UNKNOWN_HOLIDAY
    assert answer.opens_at == london("2026-12-29T09:00")


@pytest.mark.parametrize(
    ("area", "day", "state"),
    [
        ("Plymouth", "2027-03-29", CLOSED),  # Easter Monday is kept in England
        ("Scotland", "2027-03-29", OPEN),  # and not in Scotland
        ("Scotland", "2026-11-30", CLOSED),  # St Andrew's Day
        ("Plymouth", "2026-11-30", OPEN),
        ("Northern Ireland", "2027-07-12", CLOSED),
        ("Plymouth", "2027-07-12", OPEN),
        ("United Kingdom", "2027-03-29", CLOSED),  # offices for the UK are in England
    ],
)
def test_bank_holidays_are_those_of_the_area(
    a_service, a_row, ask, london, area, day, state
):
    line = a_service(a_row(x_bank_holidays="closed"), service_areas=[{"name": area}])

    assert ask(line, london(f"{day}T10:00")).state is state


def test_past_the_list_of_bank_holidays_only_probably_is_said(
    a_service, a_row, ask, london, holidays
):
    after = f"{holidays.known_until.year + 1}-05-07T10:00"

    assert ask(a_service(a_row(x_bank_holidays="closed")), london(after)).why is (
        Why.PAST_THE_HOLIDAY_LIST
    )
    assert ask(a_service(a_row(x_bank_holidays="open")), london(after)).state is OPEN


def test_past_valid_to_the_hours_are_not_known(a_service, a_row, ask, london):
    line = a_service(a_row(valid_to="2026-12-23"))

    assert ask(line, london("2026-12-23T10:00")).state is OPEN
    assert ask(line, london("2026-12-24T10:00")).state is UNKNOWN
    assert ask(line, london("2026-12-24T20:00")).state is UNKNOWN


def test_past_until_it_has_ended_and_that_is_known(a_service, a_row, ask, london):
    line = a_service(a_row(until="2026-12-23"))

    answer = ask(line, london("2026-12-24T10:00"))

    assert answer.state is CLOSED
    assert answer.opens_at is None


def test_dated_holiday_rows_take_over_from_the_ordinary_row(
    a_service, a_row, ask, london
):
    line = a_service(
        a_row(valid_to="2026-12-23"),
        a_row(
            valid_from="2026-12-24",
            valid_to="2027-01-03",
            opens_at="12:00",
            closes_at="14:00",
        ),
        a_row(valid_from="2027-01-04"),
    )

    assert ask(line, london("2026-12-25T10:00")).state is CLOSED
    assert ask(line, london("2026-12-25T13:00")).state is OPEN
    assert ask(line, london("2027-01-03T15:00")).opens_at == london("2027-01-04T09:00")


def test_term_time_without_dates_is_never_open(a_service, a_row, ask, london):
    nights = a_service(
        a_row(opens_at="20:00", closes_at="08:00") | {"x_term_time_only": True}
    )

    assert ask(nights, london("2026-11-25T22:00")).why is Why.TERM_DATES_NOT_KNOWN
    assert ask(nights, london("2026-11-25T22:00")).state is UNKNOWN


def test_term_time_with_dates_is_open_in_term_and_not_known_past_the_last(
    a_service, a_row, ask, london
):
    terms = [
        {"starts": "2026-09-21", "ends": "2026-12-11"},
        {"starts": "2027-01-11", "ends": "2027-03-19"},
    ]
    line = a_service(a_row() | {"x_term_time_only": True, "x_terms": terms})

    assert ask(line, london("2026-11-25T10:00")).state is OPEN
    assert ask(line, london("2026-12-20T10:00")).opens_at == london("2027-01-11T09:00")
    assert ask(line, london("2027-03-20T10:00")).state is UNKNOWN


def test_a_monthly_rule_and_a_fortnightly_rule_are_followed(
    a_service, a_row, ask, london
):
    second_monday = a_service(a_row(freq="MONTHLY", byday="2MO"))
    fortnightly = a_service(a_row(byday="TH", interval=2))  # from Thursday 1 January

    assert ask(second_monday, london("2026-12-14T10:00")).state is OPEN
    assert ask(second_monday, london("2026-12-07T10:00")).opens_at == (
        london("2026-12-14T09:00")
    )
    assert ask(fortnightly, london("2026-01-15T10:00")).state is OPEN
    assert ask(fortnightly, london("2026-01-22T10:00")).state is CLOSED


@pytest.mark.parametrize(
    "status", ["stale", "conflict", "partial", "general-knowledge"]
)
def test_hours_that_are_not_sure_are_only_probably_open(
    a_service, a_row, ask, london, status
):
    line = a_service(a_row(), x_hours_status=status)

    assert ask(line, london("2026-11-25T10:00")).state is PROBABLY
    phone = frozenset({Way.PHONE})
    assert ask(line, london("2026-11-25T20:00"), ways=phone).state is CLOSED


def test_a_shut_chat_does_not_shut_the_phone_beside_it_whose_hours_nobody_knows(
    a_service, a_row, ask, london
):
    line = a_service(a_row(x_channel="webchat"), x_hours_status="partial")
    night = london("2026-11-25T20:00")

    assert ask(line, night, ways=frozenset({Way.WEBCHAT})).state is CLOSED
    answer = ask(line, night)
    assert (answer.state, answer.why) == (UNKNOWN, Why.OTHER_WAYS_NOT_KNOWN)
    assert answer.opens_at == london("2026-11-26T09:00")


def test_one_row_may_be_unsure_beside_others_that_are_sourced(
    a_service, a_row, ask, london
):
    line = a_service(
        a_row(opens_at="08:00", closes_at="00:00"),
        a_row(opens_at="00:00", closes_at="08:00") | {"x_sure": False},
    )

    assert ask(line, london("2026-11-25T20:00")).state is OPEN
    night = ask(line, london("2026-11-25T03:00"))
    assert (night.state, night.why) == (PROBABLY, Why.ROW_IS_NOT_SURE)


@pytest.mark.parametrize("status", ["unknown", "varies", "n/a"])
def test_unknown_hours_are_never_open(a_service, a_row, ask, london, status):
    line = a_service(a_row(), x_hours_status=status)

    assert ask(line, london("2026-11-25T10:00")).state is UNKNOWN


def test_a_way_without_hours_is_not_known_though_another_way_is_open(
    a_service, a_row, ask, london
):
    line = a_service(a_row())
    at = london("2026-11-25T10:00")

    assert ask(line, at, ways=frozenset({Way.PHONE})).state is OPEN
    assert ask(line, at, ways=frozenset({Way.SMS})).state is UNKNOWN


def test_a_site_that_is_up_is_not_a_person(a_service, a_row, ask, london):
    forum = a_service(a_row() | {"x_human_available": False})

    answer = ask(forum, london("2026-11-25T10:00"))

    assert answer.state is UNKNOWN
    assert answer.site_up


def test_a_row_without_a_word_on_people_does_not_count_as_a_person(
    a_service, a_row, ask, london
):
    row = a_row()
    del row["x_human_available"]

    assert ask(a_service(row), london("2026-11-25T10:00")).state is UNKNOWN


def test_an_age_band_that_only_partly_fits_a_row_is_probably_open(
    a_service, a_row, ask, london
):
    line = a_service(a_row() | {"x_min_age": 16, "x_max_age": 17})
    at = london("2026-11-25T10:00")

    assert ask(line, at, ages=aged(16)).state is OPEN
    assert ask(line, at, ages=AgeRange(15, 17)).state is PROBABLY
    assert ask(line, at, ages=AgeRange(18, 25)).state is CLOSED


def test_a_check_that_is_overdue_turns_open_into_probably(
    a_service, a_row, ask, london
):
    line = a_service(
        a_row(), x_last_checked_live="2026-11-01", x_next_check_due="2026-12-01"
    )

    assert ask(line, london("2026-12-01T10:00")).state is OPEN
    assert ask(line, london("2026-12-02T10:00")).why is Why.CHECK_IS_OVERDUE
    assert ask(line, london("2026-12-02T10:00")).state is PROBABLY
