"""Whatever bytes arrive, they are read or refused; nothing else happens."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.web_chat.reading import (
    Unreadable,
    after_and_wait,
    client_id_of,
    form_client_id,
    form_fields,
    json_object,
    text_of,
)
from channels.web_chat.words import load_words

WORDS = load_words()
KIND = "application/json"
ANY_TEXT = st.text(st.characters(codec=None, categories=None))


def read(reader: Callable[..., Any], *given: Any) -> tuple[Any, str]:
    """What was read, or why not."""
    try:
        return reader(*given), ""
    except Unreadable as problem:
        return None, problem.code


@given(st.binary())
def test_any_bytes_are_a_json_object_or_refused_in_words(body: bytes) -> None:
    found, refused = read(json_object, body, KIND)

    assert isinstance(found, dict) != (f"error.{refused}" in WORDS)


@given(st.binary())
def test_any_bytes_are_a_form_or_refused_in_words(body: bytes) -> None:
    found, refused = read(form_fields, body)

    assert isinstance(found, dict) != (f"error.{refused}" in WORDS)


@given(st.dictionaries(st.sampled_from(["id", "text", "x"]), st.none() | ANY_TEXT))
def test_any_text_comes_out_fit_to_be_stored_and_sent(fields: dict[str, str]) -> None:
    sent = json_object(json.dumps(fields).encode(), KIND)
    text, refused = read(text_of, sent)

    if refused:
        assert refused in ("wrong_text", "empty_text")
    else:
        assert "\x00" not in text
        assert text.encode("utf-8").decode("utf-8") == text


@given(st.text())
def test_any_query_is_understood_or_refused(query: str) -> None:
    found, refused = read(after_and_wait, query)

    if refused:
        assert refused in ("wrong_after", "wrong_wait")
    else:
        after, wait = found
        assert after is None or 0 < len(after) <= 100
        assert 0 <= wait <= 25


def test_the_same_form_with_the_same_words_has_the_same_id() -> None:
    form = {"id": "8f8b6a52-5d3b-4d5e-9c47-0d6f2f0f7a11"}

    assert form_client_id(form, "hello") == form_client_id(form, "hello")
    assert form_client_id(form, "hello") != form_client_id(form, "goodbye")
    assert client_id_of({"id": form_client_id(form, "hello")})


def test_a_refusal_holds_nothing_of_what_was_sent() -> None:
    with pytest.raises(Unreadable) as caught:
        json_object(b'{"text": "zebra"', KIND)

    assert "zebra" not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__
