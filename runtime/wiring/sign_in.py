"""Signing in to the desk with an organisation's own accounts, put together."""

from channels.sign_in.providers import read_providers
from channels.staff.elsewhere_pages import BACK
from gateway.desk.coming_in_elsewhere import ComingInElsewhere
from runtime.settings import NotReadyForProduction, Settings
from storage import Database, Keys


def coming_in_elsewhere(
    settings: Settings, database: Database, keys: Keys
) -> ComingInElsewhere:
    """Build it from the providers' file; NotReadyForProduction names its mistake."""
    try:
        providers = read_providers(
            settings.sign_in_providers, allow_http=settings.is_local
        )
    except (OSError, ValueError) as wrong:
        raise NotReadyForProduction(f"HANDRAIL_SIGN_IN_PROVIDERS: {wrong}") from None
    if not providers:
        return ComingInElsewhere(database, providers, None, keys.token)
    # Imported here: it takes a while, and most have none.
    from channels.sign_in.oidc import OidcClient

    client = OidcClient(settings.address + BACK)
    return ComingInElsewhere(database, providers, client, keys.token)
