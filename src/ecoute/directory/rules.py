"""Who may do what: the rights that come with each role.

Reading the words as received (``READ_RAW``) comes with no role: somebody grants it by name, with a reason.
"""

from __future__ import annotations

from ecoute.directory.enums import Permission, Role

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.READ}),
    Role.HEAD: frozenset({Permission.READ, Permission.CODE, Permission.EXPORT}),
    Role.QUALITY_OFFICER: frozenset(
        {Permission.READ, Permission.CODE, Permission.IMPORT, Permission.EXPORT, Permission.EDIT_CODEBOOK}
    ),
    Role.CORRESPONDENT: frozenset({Permission.READ}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ,
            Permission.IMPORT,
            Permission.EDIT_CODEBOOK,
            Permission.MANAGE_DIRECTORY,
            Permission.READ_AUDIT,
        }
    ),
}

# Rights that sleep until their holder has set up a second factor (``settings.SECOND_FACTOR_REQUIRED``).
GUARDED_PERMISSIONS = frozenset({Permission.MANAGE_DIRECTORY, Permission.READ_RAW})

# What an administrator may add by name to a role. An auditor changes nothing, so receives nothing that changes.
GRANTABLE_PERMISSIONS = (Permission.READ_RAW, Permission.CODE, Permission.IMPORT, Permission.EXPORT)
READ_ONLY_ROLES = frozenset({Role.AUDITOR})
CHANGING_PERMISSIONS = frozenset({Permission.CODE, Permission.IMPORT, Permission.EDIT_CODEBOOK})


def permissions_of(role: str) -> frozenset[Permission]:
    """The rights of ``role``; none for a role nobody knows."""
    return ROLE_PERMISSIONS.get(role, frozenset())


def may_be_granted(permission: str, role: str) -> bool:
    """Whether ``permission`` may be given by name to a holder of ``role``."""
    if permission not in GRANTABLE_PERMISSIONS or permission in permissions_of(role):
        return False
    return not (role in READ_ONLY_ROLES and permission in CHANGING_PERMISSIONS)
