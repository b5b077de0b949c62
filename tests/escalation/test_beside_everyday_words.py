"""A sentence of everyday words hides no plain crisis beside it: guards stay narrow.

Everyday words in the same sentence: `test_scenes.py`.
"""

from itertools import product

from escalation import Route, screen

PLAIN = """i want to die|i wanna die so bad rn|im going to kill myself tonight
ive taken all my tablets|ive swallowed a whole box of pills|ive cut my wrists
my mate has taken loads of pills
i keep cutting myself|im suicidal|i dont want to be alive any more"""
BESIDE = """i missed my classes|with my puppy next to me|i emailed my professor
im a toddlers mum|after hiking|the weather is bad|my backpack is packed
my phone has no data|we were together|after surgery|my birthday cake is here
on my laptop|watching netflix|im on my own in the house|my room is a mess|i guess
my roommate is out|the doorbell went|im a player|we ate cheese|my kitten is here
the router is off|its boredom|at the fashion shop"""
GLAD = """happy now|im so happy now|im ok now|im fine now|better now|so happy
feeling better now|im good now"""


def listed(lines: str) -> list[str]:
    return lines.replace("\n", "|").split("|")


def test_no_everyday_words_hide_a_plain_crisis_beside_them() -> None:
    hidden = [
        text
        for plain, beside in product(listed(PLAIN), listed(BESIDE))
        for text in (f"{plain}. {beside}", f"{beside}. {plain}")
        if screen(text).route is Route.NONE
    ]
    assert hidden == []


def test_glad_words_about_now_make_nothing_a_thing_of_the_past() -> None:
    hidden = [
        text
        for plain, glad in product(listed(PLAIN), listed(GLAD))
        for text in (f"{plain} {glad}", f"{plain}. {glad}", f"{glad}. {plain}")
        if screen(text).route is Route.NONE
    ]
    assert hidden == []
