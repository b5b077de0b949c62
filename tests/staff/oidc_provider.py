"""A small identity provider of the tests' own: real HTTP, real keys, real tokens."""

import asyncio
import base64
import hashlib
import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

OUR_ID, OUR_SECRET = "handrail-desk", "a secret between the two"


@cache
def key_named(kid: str) -> RSAKey:
    """Give the key of a name: the same in every test, for making one takes long."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class IdentityProvider:
    """Signs in whoever `person` is. `wrong` changes the claims of the next token."""

    person: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Any] = field(default_factory=dict)
    signs_with: RSAKey | None = None
    address: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = key_named("first")

    def new_key(self) -> None:
        """Change the key that tokens are signed with."""
        self.key = key_named("second")

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        method, path, _ = first.split()
        status, more, answer = self._answer(method, path, headers, body.decode())
        content = json.dumps(answer).encode()
        writer.write(
            f"HTTP/1.1 {status} x\r\n{more}content-type: application/json\r\n"
            f"content-length: {len(content)}\r\nconnection: close\r\n\r\n".encode()
            + content
        )
        await writer.drain()
        writer.close()

    def _answer(
        self, method: str, path: str, headers: dict[str, str], body: str
    ) -> tuple[int, str, object]:
        match method, urlsplit(path).path:
            case "GET", "/.well-known/openid-configuration":
                return 200, "", self._discovery()
            case "GET", "/keys":
                return 200, "", {"keys": [self.key.as_dict(private=False)]}
            case "GET", "/authorize":
                return 303, f"location: {self._sends_back(path)}\r\n", {}
            case "POST", "/token":
                return self._token(headers, parse_qs(body))
            case _:
                return 404, "", {}

    def _discovery(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def _sends_back(self, path: str) -> str:
        self.asked = {
            name: values[0] for name, values in parse_qs(urlsplit(path).query).items()
        }
        code = f"code-{len(self.codes)}-{time.monotonic_ns()}"
        self.codes[code] = self.asked
        brought = urlencode({"code": code, "state": self.asked["state"]})
        return f"{self.asked['redirect_uri']}?{brought}"

    def _token(
        self, headers: dict[str, str], form: dict[str, list[str]]
    ) -> tuple[int, str, object]:
        said = base64.b64encode(f"{OUR_ID}:{OUR_SECRET}".encode()).decode()
        made = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(made).decode().rstrip("=")
        asked = self.codes.pop(form["code"][0], {})
        is_right = (
            headers.get("authorization", "") == f"basic {said}".lower()
            and challenge == asked.get("code_challenge")
            and asked["code_challenge_method"] == "S256"
        )
        if not is_right:
            return 400, "", {"error": "invalid_grant"}
        token = {"token_type": "Bearer", "access_token": "x"}
        return 200, "", {**token, **self._id(asked)}

    def _id(self, asked: dict[str, str]) -> dict[str, str]:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": OUR_ID,
            "sub": "someone",
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked["nonce"],
            "email_verified": True,
            "amr": ["pwd", "mfa"],
            **self.person,
            **self.wrong,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        key = self.signs_with or self.key
        header = {"alg": "RS256", "kid": self.key.kid}
        return {"id_token": jwt.encode(header, kept, key)}
