"""What the room of discoveries declares."""

from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import Manifest

MANIFEST = Manifest(slug="discovery", name=_("Découvertes"))
