"""Plans built in the person's own way through every real part, on both channels."""

import pytest

from foundations.gsm7 import encoding, segments
from tests.journeys.handrail import Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

SEVEN_ANSWERS = (
    "music, my dog, ringing nan",
    "go round to nans, sit downstairs",
    "hot choc and my big hoodie",
    "minecraft",
    "Jaz, cousin Mo",
    "Auntie Jo, miss Khan from school",
    "get dad to ring them with me",
)


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    return someone


def test_a_full_plan_by_text_takes_sixteen_messages_and_each_prompt_is_short(
    sms: Sms,
) -> None:
    said = ["i wanna make a safety plan", "yes"]
    said += [word for answer in SEVEN_ANSWERS for word in (answer, "1")]
    for message in said:
        sms.young_person_says(message)

    assert len(said) == 16
    sms.was_sent("plan.finished")
    prompts = sms.texts[1:-1]
    assert {encoding(text) for text in prompts} == {"GSM-7"}
    assert max(segments(text) for text in prompts) <= 2
    sms.young_person_says("PLAN")
    first = sms.was_sent("plan.first_part")
    assert "- music\n- my dog\n- ringing nan" in first
    assert segments(first) == 1


def test_every_way_to_answer_is_understood_and_only_own_words_become_lines(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("can u help me make a saftey plan")
    robin.was_sent("plan.permission")
    robin.young_person_says("yeah go on then")
    robin.was_sent("plan.ask_getting_through")
    robin.young_person_says("whats this for??")
    robin.was_sent("plan.what_for")
    robin.young_person_says("dunno tbh")
    robin.was_sent("plan.ideas")
    robin.young_person_says("none of these")
    robin.was_sent("plan.ideas")
    robin.young_person_says("drill music, my dog and ringing my nan")
    robin.was_sent("plan.check")
    robin.young_person_says("yep thats right")
    robin.was_sent("plan.ask_making_safer")
    robin.young_person_says("skip this 1 pls")
    robin.was_sent("plan.skipped_safer")
    robin.young_person_says("go bk")
    robin.young_person_says("gtg soz")
    robin.was_sent("plan.paused")
    robin.young_person_says("PLAN 1")

    assert robin.was_sent("plan.part").endswith(
        "1.1 drill music\n1.2 my dog\n1.3 ringing my nan"
    )


def test_a_worry_in_the_middle_is_answered_and_the_same_question_comes_again(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("make a plan")
    robin.young_person_says("yes")
    robin.young_person_says("will u tell my mum about this?")
    robin.was_sent("about.will_you_tell")
    robin.was_sent("plan.ask_getting_through")
    robin.young_person_says("are you a real person")

    robin.was_sent("about.are_you_real")
    robin.was_sent("plan.ask_getting_through")


def test_someone_for_whom_it_is_too_much_gets_things_to_pick(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("make a plan")
    robin.young_person_says("yes")
    robin.young_person_says("this is way too many questions")
    robin.was_sent("plan.easy_on")
    robin.was_sent("plan.easy_pick")
    robin.young_person_says("Wait ten minutes, then look again")
    robin.was_sent("plan.easy_pick")
    robin.young_person_says("can we do the normal questions again pls")

    robin.was_sent("plan.usual_on")


def test_exact_words_are_used_for_whoever_asks(robin: Sms | WebChat) -> None:
    robin.young_person_says("make a plan")
    robin.young_person_says("literal mode please")
    robin.was_sent("plan.literal_on")
    robin.young_person_says("yes")

    assert "Example:" in robin.was_sent("plan.literal_ask_getting_through")


def test_a_section_begun_by_text_is_finished_on_the_web(sms: Sms, web: WebChat) -> None:
    sms.young_person_says("make a plan")
    sms.young_person_says("yes")
    sms.young_person_says("music")
    web.young_person_says("LINK")
    code = web.was_sent("joining.code").partition("LINK ")[2][:7]
    sms.young_person_says(f"LINK {code}")
    sms.was_sent("joining.done")
    web.young_person_says("my dog as well")
    web.was_sent("plan.check")
    web.young_person_says("yes")
    web.was_sent("plan.ask_making_safer")
    sms.young_person_says("PLAN 1")

    assert sms.was_sent("plan.part").endswith("1.1 music\n1.2 my dog as well")


def test_a_crisis_in_the_middle_is_answered_first_and_the_plan_is_still_there(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("make a plan")
    robin.young_person_says("yes")
    robin.young_person_says("my dog")
    robin.young_person_says("i want to die")
    robin.was_sent("escalation.suicide")
    robin.young_person_says("im with my mum now")
    robin.young_person_says("PLAN 1")

    assert "1.1 my dog" in robin.was_sent("plan.part")


def test_looking_back_checking_in_and_feelings_are_asked_for_in_own_words(
    sms: Sms,
) -> None:
    sms.young_person_says("can u check in on me next sunday")
    sms.was_sent("plan.check_in_set")
    sms.young_person_says("actually dont check in on me anymore")
    sms.was_sent("plan.check_ins_ended")
    sms.young_person_says("what did my plan say before")
    sms.was_sent("plan.no_old_versions")
    sms.young_person_says("i dont know how i feel")
    sms.was_sent("plan.feelings")
    sms.young_person_says("can i get my plan on my phone")

    sms.was_sent("joining.how")
