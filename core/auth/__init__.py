"""Who somebody is and what they may do."""

from .permissions import Permissions, require

__all__ = ["Permissions", "require"]
