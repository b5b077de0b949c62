"""Being forgotten reaches everybody who holds a copy: the carrier, and our dialogue."""

from tests.journeys.handrail import Handrail, Sms


def test_after_delete_the_carrier_holds_nothing_that_they_wrote_or_were_sent(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("hello")
    sms.young_person_says("tell me about marmalade lighthouses")
    handrail.thread.do(sms.phone.sends("delete everything"))
    handrail.settled()
    held_before = [text.body for text in handrail.stand_in.texts.values()]
    while handrail.thread.do(handrail.house.forgetting.do_round()):
        pass

    assert "tell me about marmalade lighthouses" in held_before
    held = [text.body for text in handrail.stand_in.texts.values()]
    # The last words left after everything was forgotten; the nights remove them.
    assert len(held) == 1
    assert "116 123" in held[0]


def test_a_carrier_that_is_away_is_asked_again(handrail: Handrail, sms: Sms) -> None:
    sms.young_person_says("hello")
    handrail.thread.do(sms.phone.sends("delete everything"))
    handrail.settled()
    copies = handrail.record(lambda unit: unit.copies_elsewhere.due(100))

    assert {copy.keeper.value for copy in copies} == {"carrier", "dialogue"}
    assert all(copy.tries == 0 for copy in copies)
    # No Rasa runs here: what it may still hold stays noted until it is gone there.
    handrail.thread.do(handrail.house.forgetting.do_round())
    number_left = handrail.record(
        lambda unit: unit.connection.exec_driver_sql(
            "SELECT keeper, tries FROM copies_elsewhere"
        ).all()
    )
    assert [tuple(row) for row in number_left] == [("dialogue", 1)]
