"""What the verbs of the audit trail mean, in the reader's language."""

from django.utils.functional import Promise

from ecoute.core.manifest import MANIFESTS


def verb_labels() -> dict[str, str | Promise]:
    """Verb → words, out of every manifest."""
    return {verb: label for manifest in MANIFESTS for verb, label in manifest.audit_verbs}


def verb_label(verb: str) -> str:
    """The verb in words; the verb itself when no room declares it any more."""
    return str(verb_labels().get(verb, verb))
