"""The day after a crisis reply: whether somebody is near, and a worker who is there."""

from pathlib import Path

import pytest
import yaml

import escalation.heard
from escalation.heard import Heard, hear
from tests.escalation.chats import TOP, Chat

CASES = yaml.load(
    (Path(escalation.heard.__file__).parent / "aftercare.yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)
IF_NEAR = {
    "nobody_near": "nobody_near",
    "someone_near": "someone_near",
    "someone_here": "safe",
}
"""The kinds of answers to who is near, and what each means."""

SOMEBODY_AFTER_ALL = ("my mums downstairs", "my nan is asleep", "my nan is downstares")


@pytest.mark.parametrize("said", SOMEBODY_AFTER_ALL)
def test_somebody_is_thought_of_after_nobody_was(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.keys("no", "im in my room", said) == [
        ("escalation.not_safe",),
        ("escalation.nobody_near",),
        ("escalation.someone_near",),
    ]


WITH_THEM = """\
i got my nan here
i've got my nan here
ive got mum here
nan is here
nans here
my nan's here
my mum's here with me
mums with me
mum with me
im with my mate
i'm with my mate now
with my mate
wiv my m8
with a friend
im with mum
im with dad rn
im with my sis
got my sister with me
got me sis here
my bro is sat next to me
my brother is in my room
mum is in my room with me
my gf is here
bf here
dads here
yeah my mums here
yes nan's with me now
yh my mate is here
my foster mum is here
im at my nans
im at my mates house
im round my mates
im next to my mum
sitting with my dad
sat with mum
my dog is here and my mum
theres someone with me
someones here
someone here
my friend just got here
my teacher is here with me
im w my cousin
im in the room with my brother
my key worker is here
staff are here
my carers here
nurse is here
yeah im with people
my family are here
both my parents are here
me and my sister
my mum came in
mum just walked in
she is here
hes here with me now
they're here
my step dad is here
my step mum is with me
mi mum es here
""".splitlines()
CLOSE_BY = """\
my mum's downstairs
mums downstairs
mum is downstairs
my nan is next door
nan next door
dad in the other room
dads in bed
my mums asleep
my parents are asleep
mum is upstairs
my sister's in her room
my bro is in the next room
my flatmate is in
housemates are in
yeah my mum
yes my dad
my sister could come
my nan can come round
i could ring my nan
i can call my mate
i could text my friend
my neighbour
yeah someone
theres my mum
theres my nan downstairs
there's people in the house
people are here
yeah theres people
yes downstairs
yeah in the next room
my mum is home
mums home
mum is at home
my dad is on his way
dads coming
mum is coming back soon
my nan lives next door
i can go to my nans
a teacher
my tutor is near
my aunty is downstairs
only my little brother
just my sister
just my mum
my mum but shes asleep
yh my nan
ye mum
maybe my mum
my mum i guess
my mum i think
mum or dad
my mum and dad
mum and my brother
the staff
staff downstairs
my roomate
""".splitlines()
NOBODY = """\
just me
just me here
its just me
it's only me
only me
only me here
no1 here
no 1 here
no1
noone here
no one's here
no ones here
no one is here
nobody's here
nobodys home
nobody home
nobody is in
im alone
all alone
home alone
im home alone
im by myself
by myself
on my own
on me own
im on my todd
nah just me
no im on my own
nah no1 here
no just me
no everyones asleep
no there asleep
theyre all out
everyone is out
my mum is out
mums at work
mum isnt here
my mums not here
my nan isnt here
mum's away
nope just me rn
not anyone
not a soul
aint no one here
aint nobody here
theres no one
theres no1
there isnt anyone
i dont have anyone
i havent got anyone
ive got no one
i got no1
none
no not at the moment
nah not rn
no sorry
only the dog
just my dog
just my cat
me and my dog
no friends
no family
""".splitlines()
SOMETHING_ELSE = """\
my mum hates me
no one cares about me
my nan died
my nan used to be here
my mum would kill me
my mate said go away
i miss my nan
drawing my cat
loud music
sit downstairs
what is this
make a plan
my mum cant know
dont tell my mum
i hate my mum
my dad hits me
wat if my mum finds out
mum doesnt know
my mum is the problem
ring my nan
im scared of my dad
i dont want my mum to know
is my mum going to be told
""".splitlines()


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in IF_NEAR for t in CASES[k]["must_match"]]
)
def test_who_is_near_is_heard_where_it_was_asked(kind: str, text: str) -> None:
    assert hear(text, asked_if_near=True).value == IF_NEAR[kind]
    if kind != "someone_here":
        assert hear(text).value != kind


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in IF_NEAR for t in CASES[k]["must_not_match"]]
)
def test_who_is_near_is_not_mistaken(kind: str, text: str) -> None:
    assert hear(text, asked_if_near=True).value != IF_NEAR[kind]


@pytest.mark.parametrize("said", WITH_THEM)
def test_somebody_who_is_with_them_is_heard(said: str) -> None:
    assert hear(said, asked_if_near=True) is Heard.SAFE
    assert hear(said, asked_if_safe=True) is Heard.SAFE


@pytest.mark.parametrize("said", CLOSE_BY)
def test_somebody_who_is_close_by_or_can_come_is_heard(said: str) -> None:
    assert hear(said, asked_if_near=True) in (Heard.SOMEONE_NEAR, Heard.SAFE)


@pytest.mark.parametrize("said", NOBODY)
def test_nobody_there_is_heard(said: str) -> None:
    assert hear(said, asked_if_near=True) is Heard.NOBODY_NEAR


@pytest.mark.parametrize("said", SOMETHING_ELSE)
def test_other_words_about_people_are_no_answer(said: str) -> None:
    assert hear(said, asked_if_near=True) is Heard.OTHER


@pytest.mark.parametrize(
    "until_asked",
    [
        ("i want to die", "im not safe"),
        ("ive took all my tablets",),
        ("i want to die", "its raining", "what now"),
    ],
)
def test_no_to_is_anyone_near_means_that_nobody_is(
    until_asked: tuple[str, ...],
) -> None:
    chat = Chat()
    chat.keys(*until_asked)
    turn = chat.says("no")

    assert turn.before == ("escalation.nobody_near",)
    assert not turn.hands_on
    assert chat.says("no").before[-1] == "escalation.offer_stays"


def test_yes_to_is_anyone_near_is_no_word_of_being_safe() -> None:
    chat = Chat()
    chat.keys("ive took all my tablets")

    assert chat.says("yes").before == (TOP, "escalation.someone_near")
    assert chat.care is not None
    assert not chat.care.says_safe


def test_not_right_now_is_still_heard_as_leave_it() -> None:
    chat = Chat()
    chat.keys("i want to die", "its raining", "what now")

    assert chat.says("not right now").before == ("escalation.offer_stays",)


def test_with_a_worker_there_nothing_is_offered_and_a_bare_no_is_theirs() -> None:
    chat = Chat()
    chat.says("i want to die", with_worker=True)
    said = [
        chat.says(text, with_worker=True) for text in ("no", "im fine", "its raining")
    ]

    assert [turn.before + turn.after for turn in said] == [(), (), ()]
    assert all(turn.hands_on for turn in said)


def test_with_a_worker_there_not_being_safe_still_brings_999() -> None:
    chat = Chat()
    chat.says("i want to die", with_worker=True)

    turn = chat.says("im not safe", with_worker=True)
    assert turn.before == ("escalation.not_safe",)
