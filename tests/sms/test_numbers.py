"""Who may be texted: a person's own mobile, and nothing that is read aloud."""

import pytest

from channels.sms.numbers import SenderKind, may_be_texted, sender_kind


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        ("+447700900000", SenderKind.MOBILE),
        ("+447700900999", SenderKind.MOBILE),
        ("+447797700001", SenderKind.MOBILE),
        ("+353861234567", SenderKind.MOBILE),
        ("+12025550123", SenderKind.MOBILE),
        ("+441632960001", SenderKind.NOT_MOBILE),
        ("+442079460000", SenderKind.NOT_MOBILE),
        ("+448081570000", SenderKind.NOT_MOBILE),
        ("+443069990000", SenderKind.NOT_MOBILE),
        ("+447012345678", SenderKind.NOT_MOBILE),
        ("+447600123456", SenderKind.NOT_MOBILE),
        ("85258", SenderKind.SHORT_CODE),
        ("999", SenderKind.SHORT_CODE),
        ("MyBank", SenderKind.ALPHANUMERIC),
        ("07700900001", SenderKind.UNREADABLE),
        ("+44 7700 900001", SenderKind.UNREADABLE),
        ("+0447700900001", SenderKind.UNREADABLE),
        ("+4477009000011234567", SenderKind.UNREADABLE),
        ("rcs:+447700900001", SenderKind.UNREADABLE),
        ("", SenderKind.UNREADABLE),
        ("+", SenderKind.UNREADABLE),
        ("+\u0664\u0664\u0667700900001", SenderKind.UNREADABLE),
    ],
)
def test_each_sender_is_what_its_number_tells(sender, kind):
    assert sender_kind(sender) is kind
    assert may_be_texted(sender) is (kind is SenderKind.MOBILE)
