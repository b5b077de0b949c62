"""The identity providers of organisations that have one, read from one YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from foundations.content import read_yaml
from foundations.ids import OrganisationId


class SecondFactor(str, Enum):
    """Who makes sure of a second factor: we look for it, or it is left to them."""

    SAID = "said"
    LEFT_TO_THEM = "left to them"


@dataclass(frozen=True)
class Provider:
    """One organisation's provider. `said` wants `mfa` among the token's methods.

    `trusts_address` takes the e-mail address without `email_verified`, for providers
    that hand out every address themselves and do not say so.
    """

    organisation: OrganisationId
    name: str
    issuer: str
    our_id: str
    our_secret: str = field(repr=False)
    second_factor: SecondFactor
    trusts_address: bool


def read_providers(
    path: Path | None, *, allow_http: bool
) -> Mapping[OrganisationId, Provider]:
    """Read the file, by organisation; ValueError names what is wrong in it."""
    if path is None:
        return {}
    fields = read_yaml(path)
    try:
        found = [_provider(name, one) for name, one in fields.items()]
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ValueError(f"{path.name}: identity provider wrong: {wrong}") from None
    for one in found:
        if not (one.issuer.startswith("https://") or allow_http):
            raise ValueError(f"{path.name}: {one.organisation}: issuer is not https")
    return {one.organisation: one for one in found}


def _provider(organisation: str, fields: Mapping[str, Any]) -> Provider:
    return Provider(
        organisation=OrganisationId(organisation),
        name=str(fields["name"]),
        issuer=str(fields["issuer"]).rstrip("/"),
        our_id=str(fields["client_id"]),
        our_secret=str(fields["client_secret"]),
        second_factor=SecondFactor(fields["second_factor"]),
        trusts_address=bool(fields.get("trusts_address", False)),
    )
