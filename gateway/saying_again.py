"""What was said last, said again from the records: they hold what Rasa did not say."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from foundations.ids import ConversationId
from foundations.saying import Again, Choice, Reply
from storage import UnitOfWork

CHOICES_ALONE = "answers.shorter_choices"


def from_the_records(
    unit: UnitOfWork, conversation: ConversationId, replies: tuple[Reply, ...]
) -> tuple[Reply, ...]:
    """Put the last answer in place of the replies that stand for it.

    Rasa understood the wish; commands, services and handovers are answered without it.
    Replies beside them, such as a question of the plan, stay.
    """
    asked = next((each.again for each in replies if each.again), None)
    if asked is None:
        return replies
    last = tuple(unit.messages.last_answer(conversation))
    if not last:
        return replies
    others = tuple(each for each in replies if each.again is None)
    match asked:
        case Again.SAME_WORDS | Again.OTHER_WORDS:
            said = tuple(
                Reply(each.key, each.text, each.choices, each.speaker, again=asked)
                for each in last
            )
        case Again.FEWER_WORDS:
            choices = told_apart(choice for each in last for choice in each.choices)
            if not choices:
                return replies
            (short, *_) = replies
            said = (replace(short, key=CHOICES_ALONE, choices=choices),)
    return (*said, *others)


def told_apart(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Give choices without what stood above them: one label, one choice.

    "What to expect" stood under each service; alone, it says what it sends.
    """
    every = tuple(dict.fromkeys(choices))
    times = Counter(choice.label for choice in every)
    return tuple(
        choice
        if times[choice.label] == 1
        else replace(choice, label=choice.value[:1].upper() + choice.value[1:])
        for choice in every
    )
