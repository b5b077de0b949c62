"""For callers that only ever speak plain http to this machine."""

import ssl
from typing import Final

TRUSTS_NOBODY: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Spares reading in the system's certificates; an https address fails with it."""
