"""What an engine elsewhere lacks, said when the program starts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.translation import gettext as _

from ecoute.connectors.language_models.client import EndpointRefusedError, address_of
from ecoute.methods.text.profiles import ChoiceError, read_choices


@register()
def check_endpoint(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """An address and a model for each step that is done elsewhere; a key does not travel unsealed."""
    try:
        chosen = [choice for choice in read_choices(settings.ENGINES).values() if choice.engine == "endpoint"]
    except ChoiceError:
        return []  # the check of the engines says so
    found: list[CheckMessage] = []
    if chosen and not settings.ENDPOINT_URL:
        message = _("Un moteur « endpoint » est choisi sans adresse.")
        found.append(Error(message, _("Mettez-la dans ECOUTE_ENDPOINT_URL."), id="ecoute.E024"))
    if chosen and settings.ENDPOINT_URL:
        found += _check_address(settings.ENDPOINT_URL)
    models = {"themes": settings.ENDPOINT_MODEL, "embedding": settings.ENDPOINT_EMBEDDING_MODEL}
    if any(not (choice.told or models.get(choice.step)) for choice in chosen):
        message = _("Un moteur « endpoint » est choisi sans modèle.")
        hint = _("Mettez-le dans ECOUTE_ENDPOINT_MODEL (thèmes) ou ECOUTE_ENDPOINT_EMBEDDING_MODEL (sens).")
        found.append(Error(message, hint, id="ecoute.E025"))
    if chosen and settings.ENDPOINT_URL.startswith("http://") and not _is_here(settings.ENDPOINT_URL):
        message = _("Les textes masqués et la clé iraient en clair vers le serveur de modèles.")
        found.append(Warning(message, _("Donnez une adresse en https:// dans ECOUTE_ENDPOINT_URL."), id="ecoute.W024"))
    return found


def _check_address(url: str) -> list[CheckMessage]:
    try:
        address_of(url)
    except EndpointRefusedError:
        message = _("L’adresse du serveur de modèles ne peut pas être lue.")
        hint = _(
            "Dans ECOUTE_ENDPOINT_URL, écrivez https://, le nom du serveur, au besoin « : » et le numéro de son port, "
            "puis /v1."
        )
        return [Error(message, hint, id="ecoute.E026")]
    return []


def _is_here(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
