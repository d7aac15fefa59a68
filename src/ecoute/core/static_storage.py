"""Static files with their fingerprint in their name, compressed once: browsers keep them, and get new ones after an
upgrade. ``ecoute serve`` gathers them at its start."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FingerprintedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Before the files were gathered (a command, a first page), plain names serve as well."""

    manifest_strict = False
    support_js_module_import_aggregation = True  # a module imported by another is the very file the page loads

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:  # not gathered
            return name
