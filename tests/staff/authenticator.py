"""A device that holds one passkey, in software: it does as it is told."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey. `verifies`: whether its lock was opened; `used`: what it counts."""

    origin: str
    verifies: bool = True
    used: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    whose: bytes = b""

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def makes(self, options: dict[str, Any]) -> str:
        """Answer a question for a new passkey."""
        self.whose = read(options["user"]["id"])
        holds = {"fmt": "none", "attStmt": {}}
        holds["authData"] = self._says(options["rp"]["id"], NEW) + self._itself()
        said = self._client("webauthn.create", options["challenge"])
        response = {
            "clientDataJSON": written(said),
            "attestationObject": written(cbor2.dumps(holds)),
        }
        return self._answer(response)

    def shows(self, options: dict[str, Any]) -> str:
        """Answer a question for a passkey that is there."""
        self.used += 1 if self.used else 0
        says = self._says(options["rpId"])
        said = self._client("webauthn.get", options["challenge"])
        signed = self._key.sign(
            says + hashlib.sha256(said).digest(), ec.ECDSA(SHA256())
        )
        response = {
            "clientDataJSON": written(said),
            "authenticatorData": written(says),
            "signature": written(signed),
            "userHandle": written(self.whose),
        }
        return self._answer(response)

    def _answer(self, response: dict[str, str]) -> str:
        id = written(self.id)
        return json.dumps(
            {"id": id, "rawId": id, "type": "public-key", "response": response}
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _says(self, host: str, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        host_hash = hashlib.sha256(host.encode()).digest()
        return host_hash + bytes([flags]) + self.used.to_bytes(4)

    def _itself(self) -> bytes:
        point = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        return bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(key)


def written(raw: bytes) -> str:
    """Write bytes as WebAuthn's JSON does."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """Read them."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
