"""What the coding room declares."""

from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import Manifest, PersonalData

MANIFEST = Manifest(
    slug="coding",
    name=_("Salle de codage"),
    personal_data=(
        PersonalData(
            model="coding.Reading",
            fields=("coder", "note"),
            purpose=_("Mesurer l’accord entre codeurs et l’exactitude du codage automatique."),
        ),
    ),
)
