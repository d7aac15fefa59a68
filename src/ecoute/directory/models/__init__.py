from .access import Grant, Invitation, Membership
from .place import Place
from .service import Service, ServiceAlias
from .user import User

__all__ = ["Grant", "Invitation", "Membership", "Place", "Service", "ServiceAlias", "User"]
