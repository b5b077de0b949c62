"""Which meanings are offered where a message was not understood."""

from bot.actions.not_understood import likely


def ranked(**confidences: float) -> list[dict[str, object]]:
    return [{"name": name, "confidence": each} for name, each in confidences.items()]


def test_a_name_is_never_met_with_a_guess_at_a_death() -> None:
    """What "Kayleigh" was ranked as: nothing that is offered came near."""
    ranking = ranked(nonsense=0.26, greet=0.09, bereaved_by_suicide=0.05)

    assert likely(ranking) == ["nonsense"]


def test_what_is_likely_enough_is_offered_in_order() -> None:
    ranking = ranked(worried_about_friend=0.32, angry=0.24, having_a_hard_time=0.14)

    assert likely(ranking) == ["worried_about_friend", "angry", "having_a_hard_time"]


def test_a_death_is_guessed_at_only_where_it_comes_first() -> None:
    assert likely(ranked(menu=0.26, bereaved_by_suicide=0.2)) == ["menu"]
    assert likely(ranked(bereaved_by_suicide=0.3, lonely=0.2)) == [
        "bereaved_by_suicide",
        "lonely",
    ]
