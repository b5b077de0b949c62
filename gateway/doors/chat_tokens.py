"""Tokens that open one web chat: signed, so that no database is needed to read one."""

from itsdangerous import BadSignature, URLSafeSerializer

from foundations.ids import ConversationId


class TokenRefused(Exception):
    """The token was not made here, or was changed."""


class ChatTokens:
    """Makes and reads the token of a conversation.

    Whether the conversation is still there is for the records to say.
    """

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeSerializer(key, salt="handrail.web_chat")

    def make(self, conversation: ConversationId) -> str:
        """Sign a conversation's id."""
        return str(self._signer.dumps(conversation))

    def read(self, token: str) -> ConversationId:
        """Give the conversation a token opens. Raises TokenRefused."""
        try:
            found = self._signer.loads(token)
        except BadSignature:
            raise TokenRefused from None
        if not isinstance(found, str):
            raise TokenRefused
        return ConversationId(found)
