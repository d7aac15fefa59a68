"""The file of a backup: a .tar.gz of records, private files, and a manifest with every checksum.

manifest.json               format, version, date, migrations, tables, files, SHA-256 of each
records/<app.model>.jsonl   first line the column names, then one row a line
media/<path>                private files, as they are
"""

import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from ecoute.core.operations.errors import OperationRefused

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass
class Contents:
    """What the manifest says. ``entries``: path in the archive → {"sha256", "size"}; ``rows``: table → how many."""

    version: str
    made_at: str
    database: str
    migrations: list[list[str]]
    raw_key_mark: str
    format: int = FORMAT
    rows: dict[str, int] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def key_mark(keys: str) -> str:
    """A mark that tells a key from another without giving it: of the first key, the one that seals."""
    return hashlib.sha256(b"ecoute raw key:" + keys.split(",")[0].strip().encode()).hexdigest()[:16]


def sha256_of(file: IO[bytes]) -> tuple[str, int]:
    """Checksum and size of what is left to read."""
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def unpack(archive: Path, folder: Path) -> Contents:
    """Unpacks ``archive`` into ``folder`` and checks everything. Raises OperationRefused at the first doubt.

    Nothing outside ``folder`` is written, whatever the archive says.
    """
    try:
        with tarfile.open(archive, "r:*") as tar:
            contents = _contents(tar)
            found = {member.name for member in _unpacked(tar, folder, contents)}
    except FileNotFoundError:
        raise OperationRefused(_("Le fichier %(path)s n’existe pas.") % {"path": archive}) from None
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError, zlib.error) as error:
        raise OperationRefused(
            _("Ce fichier n’est pas une sauvegarde d’Écoute, ou il est abîmé. Rien n’a été changé.")
        ) from error
    for missing in contents.entries.keys() - found:
        raise OperationRefused(_("Il manque « %(name)s » dans la sauvegarde. Rien n’a été changé.") % {"name": missing})
    return contents


def _contents(tar: tarfile.TarFile) -> Contents:
    first = tar.next()
    file = tar.extractfile(first) if first and first.name == MANIFEST else None
    if file is None:
        raise ValueError("no manifest")
    known = json.loads(file.read())
    if known.get("format") != FORMAT:
        raise OperationRefused(
            _("Cette sauvegarde vient d’une version plus récente d’Écoute (%(version)s) : installez-la d’abord.")
            % {"version": known.get("version", "?")}
        )
    return Contents(**known)


def _unpacked(tar: tarfile.TarFile, folder: Path, contents: Contents) -> Iterator[tarfile.TarInfo]:
    root = folder.resolve()
    for member in tar:
        if member.name == MANIFEST:
            continue
        expected, path = contents.entries.get(member.name), (root / member.name).resolve()
        source = tar.extractfile(member) if member.isfile() else None
        if expected is None or source is None or root not in path.parents:
            raise OperationRefused(
                _("La sauvegarde contient « %(name)s », qui n’y a pas sa place.") % {"name": member.name}
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
        with path.open("rb") as written:
            checksum, _size = sha256_of(written)
        if checksum != expected["sha256"]:
            raise OperationRefused(
                _("« %(name)s » est abîmé : sa somme de contrôle n’est plus la bonne. Rien n’a été changé.")
                % {"name": member.name}
            )
        yield member
