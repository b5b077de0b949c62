"""The ways that texts and alerts leave by, and the organisations they belong to."""

from channels.alerts.email import EmailAlerts, MailSecurity, MailServer
from channels.alerts.ways import ByWay, Sends
from channels.alerts.webhook import WebhookAlerts
from foundations.clock import Clock
from foundations.ids import OrganisationId
from gateway.handing_over.alert_sending import alert_words
from handover import Organisations
from handover.organisation import ORGANISATIONS
from runtime.settings import NotReadyForProduction, Settings


def by_way(sms: Sends, settings: Settings, clock: Clock) -> ByWay:
    """Put the ways together: texts, e-mail and webhooks."""
    mail = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_sender,
        subject=alert_words()["subject"],
        security=MailSecurity(settings.smtp_security),
        name=settings.smtp_name,
        password=settings.smtp_password.get_secret_value(),
    )
    webhooks = WebhookAlerts(
        secret=settings.alert_secret.get_secret_value(),
        clock=clock,
        only_public=not settings.is_local,
        hosts=settings.alert_hosts,
    )
    return ByWay(sms, {"email": EmailAlerts(mail), "webhook": webhooks})


def load_organisations(settings: Settings) -> Organisations:
    """Read the organisations of this deployment.

    Raises NotReadyForProduction when none is behind our number.
    """
    folder = settings.organisations or ORGANISATIONS
    home = OrganisationId(settings.home_organisation)
    found = Organisations.load(folder, home)
    if home not in found.by_id:
        raise NotReadyForProduction(f"HANDRAIL_HOME_ORGANISATION: no {home}.yml there")
    return found
