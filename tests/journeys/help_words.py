"""What young people type to find help, word for word, and what each has to bring.

Said by text and on the web, with the dialogue answering and with it away.
"""

from collections.abc import Callable
from dataclasses import dataclass

from foundations.gsm7 import encoding, segments
from signposting import OpenState, open_now
from tests.journeys.handrail import Handrail, Sms, WebChat

Person = Sms | WebChat


@dataclass(frozen=True)
class Heard:
    """What one message brought: response names, and all of the words."""

    keys: list[str]
    words: str


def says(person: Person, text: str) -> Heard:
    """Say something; what comes back is in plain letters, and never one too many."""
    person.young_person_says(text)
    if isinstance(person, Sms):
        body = person.texts[-1]
        assert encoding(body) == "GSM-7"
        assert segments(body) <= 3, body
        return Heard([message.key for message in person.new()], body)
    return Heard(person.keys, "\n".join(said["text"] for said in person.messages))


def no_calls(heard: Heard) -> None:
    """Nothing in it is a phone call."""
    for line in heard.words.lower().splitlines():
        assert "by phone" not in line
        assert ": call " not in line, line


def a_text(heard: Heard) -> None:
    """The first one is a text."""
    assert "85258" in heard.words


def for_lgbt_people(heard: Heard) -> None:
    """Someone like them is named, open or the next to open; nobody from elsewhere."""
    assert any(name in heard.words for name in ("Switchboard", "Mermaids", "Galop"))
    assert "Cornwall" not in heard.words


def anyone(heard: Heard) -> None:
    """Someone is there, at any hour."""
    assert "signposting.open_now" in " ".join(heard.keys)


ASKED: dict[str, Callable[[Heard], None]] = {
    "anyone up rn": anyone,
    "i cant talk out loud": no_calls,
    "somewhere lgbt friendly in plymouth": for_lgbt_people,
    "is there anything that isnt calls": no_calls,
    "text one plz": a_text,
}

OF_THESE = {
    "how long is the wait": "signposting.about_wait",
    "will they tell my mum": "signposting.about_private",
    "more": "signposting.others",
    "not for me": "signposting.others",
}


def asks(person: Person, asked: str) -> None:
    """Ask for help in these words, and check what is named."""
    heard = says(person, asked)

    assert all(key.startswith(("signposting.", "welcome.")) for key in heard.keys)
    ASKED[asked](heard)


def talks_about_what_was_found(handrail: Handrail, person: Person) -> None:
    """Find help, then say everything that can be said about it, one after another."""
    anyone(says(person, "anyone up rn"))
    for asked, key in OF_THESE.items():
        says(person, "anyone up rn")
        heard = says(person, asked)
        assert key in heard.keys, (asked, heard)
    assert "signposting.which_to_add" in says(person, "add to my plan").keys
    assert "signposting.added_to_plan" in says(person, "add samaritans to my plan").keys

    shut = one_that_is_shut(handrail)
    heard = says(person, f"what to expect from {shut or 'Samaritans'}")
    assert heard.keys == ["signposting.what_to_expect"]
    assert ("Shut now. Opens at" in heard.words) is bool(shut)
    reminded = "signposting.will_remind" if shut else "signposting.one_open"
    assert reminded in says(person, "remind me when it opens").keys
    assert "signposting.did_not_work" in says(person, "that didn't work").keys
    assert "signposting.thank_you" in says(person, "it was shut").keys


def one_that_is_shut(handrail: Handrail) -> str | None:
    """Name a service that is shut at this moment; early in an evening there is none."""
    directory, at = handrail.house.directory, handrail.house.clock()
    for service in directory.shown:
        hours = open_now(service, at, holidays=directory.holidays)
        if hours.state is OpenState.CLOSED_UNTIL and hours.opens_at:
            return service.name
    return None
