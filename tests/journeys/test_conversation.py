"""Commands, carrier words, repeats and order, through real servers on both doors."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from foundations.saying import Choice
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue


def test_the_first_text_says_what_handrail_is(sms: Sms) -> None:
    sms.young_person_says("hello")
    first = sms.texts[-1]
    sms.young_person_says("hello again")

    assert "bot" in first
    assert sms.texts[-1] == "I heard you."


def test_command_words_work_the_same_with_the_dialogue_away(
    dialogue: ReadableDialogue, web: WebChat
) -> None:
    answers = []
    for away in (False, True):
        dialogue.away = away
        answers.append(
            [
                [said["key"] for said in web.young_person_says(word)]
                for word in ("PLAN", "WHO", "PERSON", "MENU")
            ]
        )

    assert answers[0] == answers[1]


def test_with_the_dialogue_away_the_keyword_menu_answers(
    dialogue: ReadableDialogue, web: WebChat
) -> None:
    dialogue.away = True
    web.young_person_says("mumble mumble")

    web.was_sent("menu.keywords")


def test_stop_ends_reminders_and_still_names_a_crisis_contact(sms: Sms) -> None:
    sms.young_person_says("Stop")
    text = sms.was_sent("carrier.stopped")
    sms.young_person_says("i want to die")

    assert "116 123" in text
    sms.was_sent("escalation.suicide")


def test_the_crisis_card_is_one_word_away(web: WebChat) -> None:
    for word in ("999", "help", "NOW!", "sos"):
        web.young_person_says(word)

        web.was_sent("escalation.card")


def test_the_same_message_twice_is_answered_once(
    handrail: Handrail, dialogue: ReadableDialogue, web: WebChat
) -> None:
    id = str(uuid.uuid4())
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _: web.post("hello", id).json(), range(8)))

    assert all(answer == answers[0] for answer in answers)
    assert len(dialogue.asked) == 1


def test_messages_of_one_person_are_answered_in_order(
    dialogue: ReadableDialogue, handrail: Handrail
) -> None:
    sms = handrail.sms()
    for number in range(10):
        handrail.thread.do(sms.phone.sends(f"message {number}"))
    handrail.settled()

    assert [f"message {n}" for n in range(10)] == [q.text for q in dialogue.asked]


def test_a_bare_number_means_the_choice_it_stands_for(
    dialogue: ReadableDialogue, sms: Sms
) -> None:
    dialogue.choices = (Choice("Breathing", "breathing"), Choice("Music", "music"))
    sms.young_person_says("ideas?")
    text = sms.texts[-1]
    sms.young_person_says("2")

    assert text.endswith("1 Breathing\n2 Music")
    assert dialogue.asked[-1].text == "music"


def test_what_was_missed_is_there_in_order(web: WebChat) -> None:
    last = web.messages[-1]["id"]
    web.young_person_says("one")
    web.young_person_says("two")

    missed = web.missed(after=last)
    assert [said["text"] for said in missed] == [
        "one",
        "I heard you.",
        "two",
        "I heard you.",
    ]


def test_no_denial_closes_the_crisis_route(web: WebChat) -> None:
    web.young_person_says("i want to die")
    web.young_person_says("jk im fine")

    web.was_sent("escalation.offer_stays")


def test_whoever_denies_it_with_nothing_told_is_answered_kindly(
    web: WebChat, sms: Sms
) -> None:
    web.young_person_says("im not suicidal or anything")
    web.was_sent("escalation.not_suicidal")
    said = web.young_person_says("hello")
    assert not any(one["key"].startswith("escalation.") for one in said)
    sms.young_person_says("im not suicidal")

    assert "bot" in sms.texts[-1]
    assert "doesn't have to be that bad" in sms.texts[-1]


def test_after_words_for_themselves_nobody_is_praised_as_a_good_friend(
    dialogue: ReadableDialogue, web: WebChat, sms: Sms
) -> None:
    web.young_person_says("i want to die")
    dialogue.key = "my_world.worried_about_friend"
    web.young_person_says("she sang to my nan")
    web.was_sent("escalation.may_misread")
    web.young_person_says("my mate moved house")
    web.was_sent("my_world.worried_about_friend")
    sms.young_person_says("my friend says she wants to die")
    sms.young_person_says("she sang to my nan")

    assert "You're a good friend" in sms.texts[-1]


def test_an_unknown_link_or_token_is_refused(handrail: Handrail, web: WebChat) -> None:
    assert web.client.post("/api/chat", json={"link": "nobody"}).status_code == 404
    web.token = "not-a-token"
    assert web.post("hello").status_code == 401
    assert web.post("i want to die").status_code == 200


def test_delete_says_what_would_go_and_wipes_only_when_it_is_asked_to(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("hello")
    sms.young_person_says("DELETE")
    asked = sms.was_sent("own_data.would_go")
    handrail.thread.do(sms.phone.sends("delete everything"))
    handrail.settled()

    assert "DELETE EVERYTHING" in asked
    assert "116 123" in sms.texts[-1]
    assert sms.conversation() is None


def test_a_deleted_web_chat_is_gone_for_its_own_token_too(web: WebChat) -> None:
    web.young_person_says("delete everything")

    web.was_sent("forgetting.done")
    assert web.post("hello").status_code == 401


def test_my_data_shows_what_is_kept(web: WebChat) -> None:
    web.young_person_says("my data")

    web.was_sent("own_data.kept")
