"""What the verbs of the audit trail mean, in the reader's language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ecoute.core.manifest import MANIFESTS


def verb_labels() -> dict[str, str | Promise]:
    """Verb → words, out of every manifest."""
    return {verb: label for manifest in MANIFESTS for verb, label in manifest.audit_verbs}


def verb_label(verb: str) -> str:
    """The verb in words; the verb itself when no room declares it any more."""
    return str(verb_labels().get(verb, verb))


def audit_word(key: str) -> str:
    """A key of an entry's details, or the name of a model, in words; the key itself when no room says it in words."""
    words = {name: label for manifest in MANIFESTS for name, label in manifest.audit_words}
    return str(words.get(key, key))


def detail_in_words(detail: dict[str, Any]) -> str:
    """« créés : 294, rejetés : 6 »; what is empty is left out."""
    answers = {True: _("oui"), False: _("non")}
    told = [
        (name, answers[value] if isinstance(value, bool) else value)
        for name, value in detail.items()
        if value not in (None, "", [])
    ]
    return ", ".join(f"{audit_word(name)} : {value}" for name, value in told)
