from django.conf import settings
from django.db import models

from ecoute.directory.enums import Permission, Role


class Membership(models.Model):
    """A role on a branch of the tree. ``service`` empty: the whole tree."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "service", "role"], name="directory_membership_once"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(service=None),
                name="directory_membership_whole_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.service_id or '*'}"


class Grant(models.Model):
    """One permission given by name, beyond the role (reading raw words is always one)."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    permission = models.CharField(max_length=40, choices=Permission)
    reason = models.CharField(max_length=250, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["membership", "permission"], name="directory_grant_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.permission}"


class Invitation(models.Model):
    """A letter that lets somebody make an account with a role. Only the hash of its token is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    service = models.ForeignKey("directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email
