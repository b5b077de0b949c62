"""What young people type becomes wishes; what is not understood changes nothing."""

import pytest

from bot.turns.finding_help import FindingHelp
from bot.words import Words
from foundations.saying import Channel
from signposting import AgeRange, Way, Wishes, aged
from signposting.asking import (
    AskedFor,
    asks_plainly,
    is_refinement,
    read_age,
    read_asked,
    read_place,
)
from signposting.home import NO_HOME
from signposting.search import Search

TEXT, CALL, CHAT, PLACE = Way.SMS, Way.PHONE, Way.WEBCHAT, Way.IN_PERSON
AFTERNOON = "2026-11-25T16:30"  # Wednesday


@pytest.mark.parametrize(
    ("typed", "wishes"),
    [
        ("anyone up rn", {}),
        ("text one plz", {"ways": {TEXT}}),
        ("who can i ring", {"ways": {CALL}}),
        ("any helplines i can webchat", {"ways": {CHAT}}),
        ("is there anything that isnt calls", {"not_ways": {CALL}}),
        ("what can i use instead of ringing", {"not_ways": {CALL}}),
        (
            "I don't want to call anyone, can I text?",
            {"not_ways": {CALL}, "ways": {TEXT}},
        ),
        ("i do not make phone calls", {"not_ways": {CALL}}),
        ("not a phone number please", {"not_ways": {CALL}}),
        ("no phone numbers", {"not_ways": {CALL}}),
        ("Hi, I'm deaf", {"not_ways": {CALL}, "audiences": {"deaf"}}),
        ("do any of them do BSL?", {"not_ways": {CALL}, "audiences": {"deaf"}}),
        ("im hard of hearing", {"not_ways": {CALL}, "audiences": {"deaf"}}),
        ("no texts", {"not_ways": {TEXT}}),
        ("whos open at 3am", {"at_any_hour": True}),
        ("Is anyone there on Christmas Day?", {"at_any_hour": True}),
        (
            "who can i text in the middle of the night",
            {"ways": {TEXT}, "at_any_hour": True},
        ),
        ("who can help at the weekend", {"at_any_hour": True}),
        ("anyone there tomorrow morning", {"at_any_hour": True}),
        ("who is open now", {}),
        ("anything for farmers kids", {"audiences": {"farming"}}),
        (
            "help with eating, near exeter, 17",
            {"topics": {"eating"}, "areas": {"devon"}},
        ),
        ("stop texting me", {}),
        ("im 20 im a student", {"ages": aged(20), "audiences": {"students"}}),
        ("TR1 1AA", {"areas": {"cornwall"}}),
        ("im at pl48aa now", {"areas": {"plymouth"}}),
        ("i cant talk out loud", {"cannot_be_overheard": True}),
        (
            "i cant talk out loud, got a text line?",
            {"cannot_be_overheard": True, "ways": {TEXT}},
        ),
        ("my mum will hear me", {"cannot_be_overheard": True}),
        ("got no credit", {"no_credit": True}),
        ("no data and no credit", {"no_credit": True, "no_data": True}),
        (
            "somewhere lgbt friendly in plymouth",
            {"audiences": {"lgbtq"}, "areas": {"plymouth"}},
        ),
        ("im trans", {"audiences": {"lgbtq", "trans"}}),
        (
            "I'm a care leaver in Stoke",
            {"audiences": {"care-experienced"}, "areas": {"stoke-on-trent"}},
        ),
        (
            "any drop ins near PL4",
            {"ways": {PLACE}, "access": {"drop-in"}, "areas": {"plymouth"}},
        ),
        ("i'm 15 who's open", {"ages": aged(15)}),
        ("17 years old and in leeds", {"ages": aged(17), "areas": {"leeds"}}),
        ("is there a number for under 18s", {"ages": AgeRange(5, 17)}),
        ("im 10 minutes away", {}),
        (
            "my nan died and i want to text someone",
            {"topics": {"bereavement"}, "ways": {TEXT}},
        ),
        ("worried about my eating", {"topics": {"eating"}}),
        ("can i talk to someone my age", {"formats": {"peer"}}),
        ("group for people my age", {"formats": {"group", "peer"}}),
        ("i cant settle in bed", {}),
        ("in my room", {}),
        ("\u00e9\u00e8\u2026 ?! \U0001f622", {}),
        ("", {}),
    ],
)
def test_everyday_words_become_wishes_and_others_change_none(directory, typed, wishes):
    frozen = {k: frozenset(v) if isinstance(v, set) else v for k, v in wishes.items()}

    asked = read_asked(directory, typed)

    assert asked.wishes == Wishes(**frozen)
    assert asked.wants is AskedFor.WHO_IS_OPEN


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("who is open not samaritans or shout", {"samaritans", "shout-85258"}),
        ("not the samaritans, not childline", {"samaritans", "childline"}),
        ("dont want to text shout", {"shout-85258"}),
        ("anything but childline pls", {"childline"}),
        ("something that isnt shout", {"shout-85258"}),
        ("i dont want to talk to shout again", {"shout-85258"}),
        ("no, samaritans", set()),
        ("im not calm who is open", set()),
        ("i dont mind waiting", set()),
        ("no shout at me", set()),
        ("not", set()),
    ],
)
def test_names_are_ruled_out_where_they_are_meant_as_names(directory, typed, names):
    asked = read_asked(directory, typed)

    assert set(asked.ruled_out) == names
    assert not names or asked.service is None
    assert asked.wishes == Wishes()


def test_a_way_that_is_refused_is_wished_for_no_longer(directory):
    before = read_asked(directory, "text only").wishes

    assert read_asked(directory, "no texts", before).wishes.ways == frozenset()


@pytest.mark.parametrize(
    ("typed", "is_plain"),
    [
        ("Hi, I'm deaf", True),
        ("do any of them do BSL?", True),
        ("not a phone number please", True),
        ("can i ring someone", True),
        ("whos open at 3am", True),
        ("no samaritans pls", True),
        ("not childline", True),
        ("no", False),
        ("please", False),
        ("is anyone there on christmas day", True),
        ("can i chat online instead", True),
        ("can i talk to someone my age", True),
        ("are there other ppl my age i can talk to", True),
        ("something free that isnt shout", True),
        ("my mum is deaf and she shouts at me", False),
        ("can i talk to someone", False),
        ("im worried about someone my age", False),
        ("i want something else", False),
    ],
)
def test_plain_wishes_need_nothing_that_understands_them(directory, typed, is_plain):
    assert asks_plainly(directory, typed) is is_plain


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("im 20 im a student", True),
        ("i dont like samaritans or shout", True),
        ("im 15 and i cant talk out loud and want a text", True),
        ("im 15 and my dad was shouting again", False),
        ("i text my nan every day", False),
    ],
)
def test_a_longer_message_narrows_a_search_only_if_it_is_all_wishes(
    directory, typed, is_one
):
    assert is_refinement(directory, typed) is is_one


def test_what_was_said_before_is_kept_and_added_to(directory):
    before = read_asked(directory, "im 16 in leeds").wishes

    after = read_asked(directory, "text one", before).wishes

    assert after == Wishes(
        ages=aged(16), areas=frozenset({"leeds"}), ways=frozenset({TEXT})
    )


def test_who_asks_for_a_call_after_all_can_be_called(directory):
    for typed in ("i cant talk out loud", "is there anything that isnt calls"):
        before = read_asked(directory, typed).wishes
        assert Way.PHONE in before.refused

        after = read_asked(directory, "ok who can i ring", before).wishes
        assert Way.PHONE not in after.refused
        assert after.ways == {Way.PHONE}


@pytest.mark.parametrize(
    ("typed", "wants", "service"),
    [
        ("what to expect from Childline", AskedFor.WHAT_TO_EXPECT, "childline"),
        (
            "what to expect from NHS 111 mental health option",
            AskedFor.WHAT_TO_EXPECT,
            "nhs-111-mental-health",
        ),
        ("tell me about shout", AskedFor.WHAT_TO_EXPECT, "shout-85258"),
        ("papyrus", AskedFor.WHAT_TO_EXPECT, "papyrus-hopeline247"),
        ("is childline open now", AskedFor.IS_IT_OPEN, "childline"),
        ("when do the samaritans open", AskedFor.IS_IT_OPEN, "samaritans"),
        ("what time does calm close", AskedFor.IS_IT_OPEN, "calm"),
        ("is shout 24 hours", AskedFor.IS_IT_OPEN, "shout-85258"),
    ],
)
def test_one_service_may_be_asked_about_by_name(directory, typed, wants, service):
    asked = read_asked(directory, typed)

    assert asked.wants is wants
    assert asked.service.id == service


def test_every_button_to_hear_more_is_understood_when_it_comes_back(directory):
    for service in directory.shown:
        ask = directory.phrases.say("choices", "ask_what_to_expect", name=service.name)

        assert read_asked(directory, ask).service is service


@pytest.mark.parametrize(
    "typed",
    [
        "im 14 and got no credit who can i talk to",
        "someone who is muslim to talk to",
        "can i get an appointment in leeds",
        "is there a group i can join",
        "what about for autistic people in devon",
        "im worried about my mate who can i ring",
        "any help in cardiff",
        "what about mermaids",
        "HOPELINE247",
        "samaritans",
        "is kooth open",
        "tell me about shout",
    ],
)
def test_some_words_ask_so_plainly_that_nothing_has_to_understand_them(
    directory, typed
):
    assert asks_plainly(directory, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "shout",
        "calm",
        "my mum shouts at me",
        "i feel calm",
        "who can i talk to",
        "i have no one to talk to about being gay",
        "im autistic and everyone laughs at me",
        "i live in leeds",
        "what about my mum",
        "",
        "i hate school, im 15, nobody gets it, my mate is worse. who can i even text",
    ],
)
def test_other_words_are_for_the_dialogue_to_understand(directory, typed):
    assert not asks_plainly(directory, typed)


def keys(says):
    return [say.key for say in says]


def answered(directory, typed, at, channel=Channel.SMS):
    return FindingHelp(directory, NO_HOME, Search(), at, channel).ask(typed).says


def test_an_unsure_code_or_a_misspelt_town_is_asked_about(directory, london):
    for typed in ("who is open near PL15", "anyone to text in plymoth"):
        said = answered(directory, typed, london(AFTERNOON))

        assert keys(said) == ["signposting.which_area"]


def test_an_answer_to_where_may_be_nothing_but_a_name(directory):
    assert read_place(directory, "Truro").areas == {"cornwall"}
    assert read_place(directory, "near truro").areas == {"cornwall"}
    assert read_place(directory, "birmingam").candidates == ("birmingham",)
    assert read_place(directory, "the moon") == read_place(directory, "nowhere")


def test_a_line_that_is_shut_says_when_it_opens_and_who_is_there_instead(
    directory, london
):
    said = answered(directory, "is calm open", london("2026-11-25T03:00"))
    text = Words.load().render(said[0], Channel.SMS).text

    assert keys(said) == ["signposting.one_closed_until", "signposting.open_now"]
    assert text.endswith("CALM is shut now. It opens at 5pm.")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("is childline open", "signposting.one_open"),
        ("is galop open", "signposting.one_probably_open"),
        ("is akt open", "signposting.one_not_known"),
        ("is night owls open", "signposting.not_checked_yet"),
        ("is the market place leeds open", "signposting.closed_try_instead"),
    ],
)
def test_each_answer_about_one_service_has_its_words(directory, london, typed, key):
    said = answered(directory, typed, london(AFTERNOON))

    assert said[0].key == key
    assert Words.load().render(said[0], Channel.SMS).text


def test_nothing_that_was_typed_is_said_back(directory, london):
    said = answered(directory, "text me in Xyzzyville plugh", london(AFTERNOON))

    assert not any("yzzy" in str(say) or "plugh" in str(say) for say in said)


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("15", 15),
        ("im 15!", 15),
        ("fifteen", 15),
        ("im twenty two", 22),
        ("99 9", None),
    ],
)
def test_an_age_is_read_in_digits_and_in_words(said: str, age: int | None) -> None:
    assert read_age(said) == age


def test_an_age_in_words_narrows_a_search(directory) -> None:  # type: ignore[no-untyped-def]
    asked = read_asked(directory, "im fifteen who can i text")

    assert asked.wishes.ages == aged(15)
