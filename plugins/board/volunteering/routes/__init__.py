"""The pages of volunteering: for who helps, for organisations, for whoever checks a certificate."""

from . import calling, certificates, confirming, helping
from .sections import happenings, home_sections, my_sections, space_sections

__all__ = [
    "calling",
    "certificates",
    "confirming",
    "happenings",
    "helping",
    "home_sections",
    "my_sections",
    "space_sections",
]
