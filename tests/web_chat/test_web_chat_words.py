"""The page's words: all in one file, all used, none missing, none that grate."""

import re
from pathlib import Path

from channels.web_chat.words import load_words

ROOM = Path("channels/web_chat")
WORDS = load_words()


def used_keys() -> set[str]:
    sources = [*ROOM.glob("*.py"), *ROOM.glob("*/*.js"), *ROOM.glob("*/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    found = set(re.findall(r"[\"'`]([a-z]+\.[a-z_.]+)[\"'`]", text))
    found |= {f"from.{who}" for who in ("bot", "staff", "system", "young_person")}
    found |= {f"numbers.{by}" for by in ("call", "text")}
    found |= {
        f"page.{name}.{part}"
        for name in ("plan", "open", "person")
        for part in ("label", "value")
    }
    found |= {
        f"more.{name}.{part}"
        for name in ("keep", "phone", "delete")
        for part in ("label", "value")
    }
    codes = set(
        re.findall(r"(?:Unreadable|stopped|refusal)\([^)]*?\"([a-z_0-9]+)\"", text)
    )
    return found | {f"error.{code}" for code in codes}


def test_every_key_has_words_and_every_word_is_used() -> None:
    used = {
        key
        for key in used_keys()
        if key.split(".")[0] in sections() and not key.endswith(".html")
    }

    assert used - set(WORDS) == set()
    assert set(WORDS) - used == set()


def sections() -> set[str]:
    return {key.split(".")[0] for key in WORDS}


def test_no_phone_number_and_no_shouting_in_the_words() -> None:
    for key, text in WORDS.items():
        assert not re.search(r"\d{3,}", text), key
        assert "!" not in text, key


def test_sentences_are_short() -> None:
    for key, text in WORDS.items():
        if key.startswith("error."):
            continue
        for sentence in re.split(r"[.?]\s", text):
            assert len(sentence.split()) <= 16, key


def test_scripts_and_templates_hold_no_sentences() -> None:
    for path in ROOM.glob("*/*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"[\"'`][A-Z][a-z]+ [a-z]+ [a-z]+", code) == [], path.name
    for path in ROOM.glob("*/*.html"):
        page = re.sub(r"\{[{%].*?[%}]\}|<[^>]*>", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"[A-Za-z]{2,}", page) == [], path.name
