"""Letters of the directory."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ecoute.directory.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(*, invitation: Invitation, link: str, by: Any) -> bool:
    """Sends the letter of an invitation; False when the mail server refused it (the link can be given otherwise)."""
    context = {
        "invitation": invitation,
        "link": link,
        "by": by,
        "site_name": settings.SITE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
    }
    subject = _("Invitation à rejoindre %(site)s") % {"site": settings.SITE_NAME}
    body = render_to_string("directory/letters/invitation.txt", context)
    try:
        return bool(send_mail(subject, body, None, [invitation.email]))
    except (SMTPException, OSError):
        logger.exception("invitation %s could not be sent", invitation.pk)
        return False
