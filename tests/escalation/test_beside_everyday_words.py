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


LAUGHED = """i was raped|my uncle touches me|my mum slaps me|my dad hits me
im scared of my dad|mum kicked me out|my mum locks me in my room|he spiked my drink
he touched me and i said no|my parents are forcing me to get married
my legs are cut up|i keep cutting myself|i cut myself last night|i starve myself
i make myself sick after eating|my friend wants to kill herself|im done with life
my friends dad hits her|goodbye everyone im sorry|i keep thinking about killing myself
hes pouring petrol on the front step|i get hit if the baby cries|someones breaking in
ive got the rope ready|im on the train tracks|hes blackmailing me with my nudes"""
LAUGHS = "lol|lool|lmao|haha|hahaha|😂"


def test_a_laugh_beside_it_makes_no_crisis_a_joke() -> None:
    hidden = [
        text
        for plain, laugh in product(listed(LAUGHED), listed(LAUGHS))
        for text in (f"{plain} {laugh}", f"{laugh} {plain}", f"{plain}. {laugh}")
        if screen(text).route is Route.NONE
    ]
    assert hidden == []


EARNEST = """my dad hits me|ive been stabbed|i feel suicidal|i cut myself last night
my brother beats me up|im planning to take an overdose|i was sexually assaulted
someone raped me|i self harm|im gonna kill myself tonight"""
OF_THE_DAY = """not even joking|no joke|no cap|after the film|after this xbox game
like in the movies|my dog died|the match was shit|my hair looks a mess
got an exam tomorrow|just had my tea|got football later|got a new phone|im on xbox"""


def test_what_fills_a_day_hides_no_crisis_before_or_behind_it() -> None:
    hidden = [
        text
        for plain, beside in product(listed(EARNEST), listed(OF_THE_DAY))
        for text in (
            f"{plain} {beside}",
            f"{beside} {plain}",
            f"{plain} and {beside}",
            f"{beside} and {plain}",
        )
        if screen(text).route is Route.NONE
    ]
    assert hidden == []


def test_a_death_meant_after_a_game_is_no_part_of_the_game() -> None:
    said = "gonna kill myself after this xbox game i mean it"
    assert screen(said).route is not Route.NONE
    assert screen("im suicidal on this map push b").route is Route.NONE
