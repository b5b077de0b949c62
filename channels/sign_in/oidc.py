"""OpenID Connect, the authorisation code flow with PKCE (RFC 7636), by Authlib.

What comes back is checked as OpenID Connect Core 3.1.3.7 says: signature, issuer,
audience, times, and the nonce that this browser was sent away with.
"""

import asyncio
import secrets
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from channels.sign_in.providers import Provider, SecondFactor
from channels.sign_in.vouching import Away, NotSignedIn, Vouched

with warnings.catch_warnings():
    # It announces a change of its own on import, into the answer of every command.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import AsyncOAuth2Client

TIMEOUT_S: Final = 8.0
SCOPE: Final = "openid email profile"
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
CLOCKS_APART_S: Final = 60
KNOWN_FOR_S: Final = 3600.0
OLDEST_AGAIN_S: Final = 300
"""When somebody is asked to sign in again, how long ago that may have been."""


@dataclass(frozen=True)
class _Found:
    """What discovery said, and until when it is believed (monotonic seconds)."""

    where: Mapping[str, Any]
    keys: KeySet
    until: float


class OidcClient:
    """Sends browsers to a provider, and checks what they bring back."""

    def __init__(self, back: str) -> None:
        self._back = back
        self._found: dict[str, _Found] = {}
        self._looking = asyncio.Lock()

    async def sends_away(
        self, provider: Provider, *, again: bool, goes_on: str
    ) -> tuple[str, Away]:
        """Give the provider's address for one sign-in, and what must come back.

        `again` asks for a fresh sign-in even of somebody who is signed in there.
        Raises NotSignedIn when the provider cannot be reached.
        """
        found = await self._discover(provider)
        away = Away(
            organisation=provider.organisation,
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            again=again,
            goes_on=goes_on,
        )
        more = {"prompt": "login", "max_age": "0"} if again else {}
        async with self._client(provider) as client:
            address, _ = client.create_authorization_url(
                found.where["authorization_endpoint"],
                state=away.state,
                nonce=away.nonce,
                code_verifier=away.verifier,
                **more,
            )
        return str(address), away

    async def comes_back(self, provider: Provider, away: Away, code: str) -> Vouched:
        """Turn the code into whom the provider vouches for. Raises NotSignedIn."""
        found = await self._discover(provider)
        try:
            async with self._client(provider) as client:
                token = await client.fetch_token(
                    found.where["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=away.verifier,
                )
        except (httpx.HTTPError, AuthlibBaseError, ValueError) as problem:
            raise NotSignedIn(type(problem).__name__) from None
        claims = await self._claims(provider, away, str(token.get("id_token", "")))
        return _vouched(provider, away, claims)

    async def _claims(
        self, provider: Provider, away: Away, id_token: str
    ) -> Mapping[str, Any]:
        found = await self._discover(provider)
        try:
            try:
                read = jwt.decode(id_token, found.keys, algorithms=ALGORITHMS)
            except JoseError:
                # Keys are changed from time to time: look once more.
                self._found.pop(provider.issuer, None)
                found = await self._discover(provider)
                read = jwt.decode(id_token, found.keys, algorithms=ALGORITHMS)
            _wanted(provider, away, str(found.where["issuer"])).validate(read.claims)
        except (JoseError, ValueError):
            raise NotSignedIn("token") from None
        return dict(read.claims)

    async def _discover(self, provider: Provider) -> _Found:
        async with self._looking:
            known = self._found.get(provider.issuer)
            if known is not None and known.until > time.monotonic():
                return known
            found = await _look(provider.issuer)
            self._found[provider.issuer] = found
            return found

    def _client(self, provider: Provider) -> Any:
        return AsyncOAuth2Client(
            client_id=provider.our_id,
            client_secret=provider.our_secret,
            redirect_uri=self._back,
            scope=SCOPE,
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
            trust_env=False,
        )


async def _look(issuer: str) -> _Found:
    address = f"{issuer}/.well-known/openid-configuration"
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as caller:
            where = (await caller.get(address)).raise_for_status().json()
            keys = (await caller.get(where["jwks_uri"])).raise_for_status().json()
        if str(where["issuer"]).rstrip("/") != issuer:
            raise NotSignedIn("issuer")
        return _Found(
            where, KeySet.import_key_set(keys), time.monotonic() + KNOWN_FOR_S
        )
    except (httpx.HTTPError, JoseError, KeyError, TypeError, ValueError) as problem:
        raise NotSignedIn(type(problem).__name__) from None


def _wanted(provider: Provider, away: Away, issuer: str) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        leeway=CLOCKS_APART_S,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": provider.our_id},
        nonce={"essential": True, "value": away.nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )


def _vouched(provider: Provider, away: Away, claims: Mapping[str, Any]) -> Vouched:
    methods = claims.get("amr", ())
    if provider.second_factor is SecondFactor.SAID and "mfa" not in methods:
        raise NotSignedIn("second factor")
    if not (provider.trusts_address or claims.get("email_verified") is True):
        raise NotSignedIn("address")
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if several and claims.get("azp") != provider.our_id:
        raise NotSignedIn("audience")
    if away.again and int(claims.get("auth_time", 0)) < time.time() - OLDEST_AGAIN_S:
        raise NotSignedIn("old sign-in")
    email = str(claims.get("email", "")).strip()
    if not email:
        raise NotSignedIn("address")
    return Vouched(provider.issuer, str(claims["sub"]), email)
