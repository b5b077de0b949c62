"""Delivery reports are checked and handed on; what they change is in the records."""

import pytest

from channels.sms.delivery import DeliveryStatus

STATUS = "/hooks/twilio/status"


def report_fields(line, **changes):
    sid = "SM" + "1" * 32
    fields = {
        "SmsSid": sid,
        "SmsStatus": "sent",
        "MessageStatus": "sent",
        "To": "+447700900001",
        "MessageSid": sid,
        "AccountSid": line.fields()["AccountSid"],
        "From": "+447700900900",
        "ApiVersion": "2010-04-01",
    }
    fields.update(changes)
    return fields


@pytest.mark.anyio
async def test_a_report_names_its_text_by_either_id(line):
    fields = report_fields(line, MessageStatus="undelivered", ErrorCode="30003")

    with_outbox = await line.posts(fields, f"{STATUS}/0123abcd")
    without = await line.posts(fields, STATUS)

    assert (with_outbox.status_code, without.status_code) == (204, 204)
    one, other = line.door.reports
    assert (one.outbox, other.outbox) == ("0123abcd", None)
    assert (one.status, one.code) == (DeliveryStatus.UNDELIVERED, "30003")
    assert one.provider_message_id == other.provider_message_id


@pytest.mark.anyio
@pytest.mark.parametrize("status", ["read", "receiving", "something_new", ""])
async def test_a_status_we_do_not_use_is_heard_and_left(line, status):
    answer = await line.posts(report_fields(line, MessageStatus=status), STATUS)

    assert answer.status_code == 204
    assert line.door.reports == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    "changes",
    [{"AccountSid": "AC9"}, {"MessageSid": "x"}, {"ErrorCode": "<b>"}],
)
async def test_a_report_with_a_wrong_field_is_refused(line, changes):
    answer = await line.posts(report_fields(line, **changes), STATUS)

    assert answer.status_code == 400


@pytest.mark.anyio
async def test_a_report_signed_for_another_text_is_refused(line):
    fields = report_fields(line)
    signature = line.signature(fields, f"{STATUS}/aaaa")

    answer = await line.posts(fields, f"{STATUS}/bbbb", signature=signature)

    assert (answer.status_code, line.door.reports) == (403, [])


@pytest.mark.anyio
@pytest.mark.parametrize("outbox", ["..", "%2e%2e", "a" * 65, "a_b", "a%00"])
async def test_an_address_that_is_no_outbox_id_does_not_exist(line, outbox):
    answer = await line.http.post(f"{STATUS}/{outbox}", data=report_fields(line))

    assert answer.status_code in (404, 405)


@pytest.mark.anyio
async def test_a_report_that_could_not_be_kept_is_a_503(line):
    line.door.report_fault = TimeoutError()

    assert (await line.posts(report_fields(line), STATUS)).status_code == 503
