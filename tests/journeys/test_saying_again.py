"""What is asked for again is what was said last, whoever said it."""

import pytest

from foundations.saying import Again, Choice, Reply
from gateway.rasa.dialogue import Question
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue


class OnceMore(ReadableDialogue):
    """Understands that the last answer is wanted again, without knowing what it was."""

    def __init__(self, again: Again, key: str) -> None:
        super().__init__(key=key)
        self.again = again

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        stands_for_it = Reply(self.key, "An older answer.", again=self.again)
        return (stands_for_it,)


@pytest.fixture(params=["sms", "web"])
def someone(request: pytest.FixtureRequest) -> Sms | WebChat:
    door: Sms | WebChat = request.getfixturevalue(request.param)
    return door


class TestWordForWord:
    @pytest.fixture
    def dialogue(self) -> ReadableDialogue:
        return OnceMore(Again.SAME_WORDS, "feelings.lonely")

    def test_a_command_is_answered_again_as_it_was(
        self, someone: Sms | WebChat
    ) -> None:
        someone.young_person_says("menu")
        someone.young_person_says("menu")
        first = someone.was_sent("menu.main")

        someone.young_person_says("say that again")

        assert someone.was_sent("menu.main") == first


class TestInOtherWords:
    @pytest.fixture
    def dialogue(self) -> ReadableDialogue:
        return OnceMore(Again.OTHER_WORDS, "feelings.lonely")

    def test_what_was_not_followed_comes_in_other_words(
        self, someone: Sms | WebChat
    ) -> None:
        someone.young_person_says("menu")
        someone.young_person_says("menu")
        first = someone.was_sent("menu.main")

        someone.young_person_says("wdym")

        assert someone.was_sent("menu.main") != first


class TestInFewerWords:
    @pytest.fixture
    def dialogue(self) -> ReadableDialogue:
        return OnceMore(Again.FEWER_WORDS, "answers.shorter")

    def test_only_what_can_be_chosen_is_left_and_can_be_told_apart(
        self, handrail: Handrail, web: WebChat
    ) -> None:
        web.young_person_says("who")
        web.young_person_says("shorter pls")

        (said,) = web.messages
        assert said["key"] == "answers.shorter_choices"
        labels = [choice["label"] for choice in said["choices"]]
        assert len(set(labels)) == len(labels) > 1
        assert Choice("More", "more").label in labels
