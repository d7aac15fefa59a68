"""What the chosen profile and engines lack, said when the program starts and not in the middle of a job."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

from ecoute.methods.text.engines.embedding.onnx import check_folder
from ecoute.methods.text.profiles import PROFILES, ChoiceError, engine_is_known, missing_packages
from ecoute.methods.text.registry import EngineFolderError, UnknownEngineError
from ecoute.verbatims.pipelines import choices, profile


@register()
def check_engines(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """The profile exists, each engine exists, and its packages are installed. Loads no engine."""
    if profile() not in PROFILES:
        hint = _("Choisissez l’un de ceux-ci dans ECOUTE_PROFILE : %(known)s.") % {"known": ", ".join(PROFILES)}
        message = _("Le profil « %(name)s » n’existe pas.") % {"name": profile()}
        return [Error(message, hint, id="ecoute.E020")]
    try:
        chosen = choices()
        engine_is_known(profile(), chosen)
    except (ChoiceError, UnknownEngineError) as fault:
        hint = _("Écrivez « étape=moteur », par exemple embedding=onnx:/dossier,themes=endpoint.")
        message = _("ECOUTE_ENGINES ne se lit pas : %(fault)s") % {"fault": fault}
        return [Error(message, hint, id="ecoute.E021")]
    folder = chosen.get("embedding")
    if folder and folder.slug == "embedding.onnx":
        try:
            check_folder(folder.told)
        except EngineFolderError as fault:
            hint = _("Le dossier doit contenir model.onnx et tokenizer.json : embedding=onnx:/dossier.")
            message = _("Le dossier du moteur ONNX ne convient pas : %(fault)s") % {"fault": fault}
            return [Error(message, hint, id="ecoute.E023")]
    return [
        Error(
            _("Le moteur « %(engine)s » demande des paquets qui manquent : %(packages)s.")
            % {"engine": slug, "packages": ", ".join(packages)},
            _("Installez-les : sh tools/install.sh fine. Ou restez au profil rapide : ECOUTE_PROFILE=fast."),
            id="ecoute.E022",
        )
        for slug, packages in missing_packages(profile(), chosen).items()
    ]
