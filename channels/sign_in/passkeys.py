"""Passkeys (WebAuthn), by py_webauthn: what a browser is asked, and what it answers.

A passkey signs in alone: it is a thing that somebody holds, and it opens by the lock
of that thing (a PIN, a finger, a face), which is asked for every time. It works at our
own host and nowhere else, so no page that only looks like ours can have it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME: Final = "Handrail desk"
LONGEST_ANSWER: Final = 16 * 1024
ASKED_FOR_MS: Final = 120_000


class NotAPasskey(Exception):
    """What a browser answered does not hold; nothing of it is repeated."""


@dataclass(frozen=True)
class Site:
    """Whose passkeys these are: the host they are bound to, and its pages' origin."""

    host: str
    origin: str


@dataclass(frozen=True)
class Asked:
    """What to hand to the browser as JSON, and the random number it must sign."""

    options: str
    challenge: bytes


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that was just made; `used` is what the device counts."""

    credential: bytes
    public_key: bytes
    used: int


@dataclass(frozen=True)
class Shown:
    """Which passkey a browser says it shows, and whose it says that is."""

    credential: bytes
    whose: str | None


def site_of(public_url: str) -> Site | None:
    """Name the site of an address; None for a bare IP address: it has no passkeys."""
    parts = urlsplit(public_url)
    try:
        ip_address(parts.hostname or "")
    except ValueError:
        return Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")
    return None


def ask_to_make(site: Site, whose: str, email: str, known: Iterable[bytes]) -> Asked:
    """Ask for a new passkey; a device that holds one of `known` says so."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=whose.encode(),
        user_name=email,
        timeout=ASKED_FOR_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    return Asked(options_to_json(options), options.challenge)


def made(site: Site, challenge: bytes, answer: str) -> NewPasskey:
    """Read a new passkey. Raises NotAPasskey."""
    try:
        checked = verify_registration_response(
            credential=_short(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        raise NotAPasskey from None
    return NewPasskey(
        checked.credential_id, checked.credential_public_key, checked.sign_count
    )


def ask_to_show(site: Site, known: Iterable[bytes] = ()) -> Asked:
    """Ask for a passkey: one of `known`, or any that the device has for this site."""
    options = generate_authentication_options(
        rp_id=site.host,
        timeout=ASKED_FOR_MS,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Asked(options_to_json(options), options.challenge)


def shown(answer: str) -> Shown:
    """Tell which passkey is shown, before anything of it is believed.

    Raises NotAPasskey.
    """
    try:
        read = parse_authentication_credential_json(_short(answer))
        whose = read.response.user_handle
        return Shown(read.raw_id, None if whose is None else whose.decode())
    except (WebAuthnException, ValueError):
        raise NotAPasskey from None


def checked(
    site: Site, challenge: bytes, answer: str, *, public_key: bytes, used: int
) -> int:
    """Check what a passkey signed and give the device's new count.

    Raises NotAPasskey, also for a count that went back: somebody copied the device.
    """
    try:
        return verify_authentication_response(
            credential=_short(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=used,
            require_user_verification=True,
        ).new_sign_count
    except (WebAuthnException, ValueError):
        raise NotAPasskey from None


def _described(known: Iterable[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=each) for each in known]


def _short(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise NotAPasskey
    return answer
