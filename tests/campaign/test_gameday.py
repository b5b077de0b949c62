"""What a soak says of memory."""

from tests.campaign.gameday import BREAKS, GAMEDAY, SOAK, gateway_stops, growth


def test_what_is_filled_once_at_the_start_is_no_growth() -> None:
    assert growth([100, 180, *[200] * 14]) == 0.0


def test_memory_that_goes_on_growing_is_seen() -> None:
    assert growth([200 + step for step in range(80)]) > 0.25


def test_a_reading_while_the_gateway_is_gone_counts_as_none() -> None:
    assert growth([200, 0, *[200] * 15, 0]) == 0.0


def test_a_soak_never_stops_the_gateway() -> None:
    assert gateway_stops in GAMEDAY.breaks
    assert set(SOAK.breaks) == set(BREAKS) - {gateway_stops}
