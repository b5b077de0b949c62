"""In every file the database writes there is not one word, name or number to read."""

import re
from pathlib import Path

import pytest

from foundations.ids import OrganisationId, StaffMemberId, new_id
from foundations.saying import Choice, Reply
from safety_plans.plan import ChangeKind, PlanChange, SectionId
from safety_plans.sharing import Preview, SharedPlan, SharedSection
from storage import Database, Keys, UnitOfWork
from storage.records import NewOutbound, OutboundKind
from storage.staff.records import Credentials, StaffRole
from tests.canaries_of_the_suite import without_ids
from tests.storage.keeping import Records, Someone, Watch, arrives, hears, says
from tests.storage.postgres import Postgres

CANARY = "zebra-kazoobands-flannel"
A_NUMBER = "+447700900321"
A_PART = "900321"
LOOKED_FOR = (CANARY, "kazoobands", A_NUMBER, "7700900321", A_PART)


def leaves_the_canary_everywhere(unit: UnitOfWork) -> None:
    someone = arrives(unit, A_NUMBER)
    heard = hears(unit, someone, f"I said {CANARY} from {A_NUMBER}")
    choice = Choice(CANARY, CANARY)
    says(unit, someone, Reply("key", f"You said {CANARY}", (choice,)), heard)
    unit.conversations.set_wishes(someone.conversation, f'{{"call_me":"{CANARY}"}}')
    for recipient, kind in (
        (None, OutboundKind.CRISIS),
        (A_NUMBER, OutboundKind.SYSTEM),
    ):
        unit.outbox.add(
            NewOutbound(
                dedup_key=new_id(),
                kind=kind,
                body=CANARY,
                recipient=recipient,
                not_before=unit.clock(),
                conversation=someone.conversation,
                young_person=someone.id,
            )
        )
    change = PlanChange(new_id(), ChangeKind.LINE_ADDED, unit.clock(), words=CANARY)
    unit.plans.append(someone.id, [change])
    shares_the_canary(unit, someone)
    a_lead_with_the_canary_for_a_name(unit)


def shares_the_canary(unit: UnitOfWork, someone: Someone) -> None:
    shown = SharedSection(SectionId.SIGNS, "Signs", (CANARY,))
    unit.plan_shares.preview(
        someone.id,
        Preview(CANARY, SharedPlan(CANARY, unit.clock(), (shown,)), 0, unit.clock()),
        unit.clock(),
    )
    consent = unit.consents.draft(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=OrganisationId("demo"),
        purpose="warm_handover",
        items_json=f'["{CANARY}"]',
    )
    unit.consents.confirm(consent, CANARY.encode())
    case = unit.handovers.open(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=OrganisationId("demo"),
        consent=consent,
        payload=CANARY.encode(),
        at=unit.clock(),
    )
    unit.notes.write(case, someone.id, StaffMemberId("sam"), CANARY)


def a_lead_with_the_canary_for_a_name(unit: UnitOfWork) -> None:
    demo, email = OrganisationId("demo"), f"{CANARY}@example.org"
    lead = unit.staff.add(name=CANARY, role=StaffRole.LEAD, organisation=demo)
    unit.accounts.put(Credentials(lead, email, CANARY, CANARY, 0))
    unit.accounts.put_recovery_codes(lead, [CANARY])
    unit.accounts.note_wrong_try(CANARY)
    unit.invitations.make(
        organisation=demo,
        role=StaffRole.WORKER,
        name=CANARY,
        email=email,
        totp_secret=CANARY,
    )


def found_in(files: list[Path]) -> list[tuple[str, str]]:
    """Look for the canary as text, as UTF-16 and as hexadecimal digits."""
    hits = []
    for path in files:
        content = path.read_bytes()
        for word in LOOKED_FOR:
            plain, searched = word.encode(), content
            if word == A_PART:
                searched = without_ids(content)
            shapes = (plain, word.encode("utf-16-le"), plain.hex().encode())
            if any(re.search(re.escape(s), searched, re.IGNORECASE) for s in shapes):
                hits.append((path.name, word))
    return hits


def test_sqlite_files_hold_no_words_and_no_numbers(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    records = Records(Database(sqlite_url, keys), Watch(), sqlite_url)
    records.write(leaves_the_canary_everywhere)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert {"handrail.db", "handrail.db-wal"} <= names
    assert (tmp_path / "handrail.db-wal").stat().st_size > 10_000
    assert found_in(files) == []
    records.close()
    assert found_in([path for path in tmp_path.rglob("*") if path.is_file()]) == []


@pytest.mark.slow
def test_a_servers_files_hold_no_words_and_no_numbers(
    postgres: Postgres, postgres_url: str, keys: Keys
) -> None:
    records = Records(Database(postgres_url, keys), Watch(), postgres_url)
    records.write(leaves_the_canary_everywhere)
    records.close()
    postgres.run_sql("CHECKPOINT")

    assert found_in(postgres.files()) == []


def test_no_key_is_ever_in_the_database(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    records = Records(Database(sqlite_url, keys), Watch(), sqlite_url)
    records.write(leaves_the_canary_everywhere)
    records.close()

    content = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    secrets = [*keys.key_encryption.values(), keys.phone_index, keys.token]
    for key in (*secrets, keys.spool, keys.audit):
        assert key not in content


def test_looking_for_the_canary_would_find_it(tmp_path: Path) -> None:
    for number, shape in enumerate(
        (
            CANARY.encode(),
            A_NUMBER.encode("utf-16-le"),
            CANARY.encode().hex().encode(),
            A_PART.encode(),
            (new_id() + A_PART).encode(),
        )
    ):
        path = tmp_path / str(number)
        path.write_bytes(b"\0\1\2" + shape + b"\3")
        assert found_in([path])
