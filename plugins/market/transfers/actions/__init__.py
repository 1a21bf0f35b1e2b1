"""What may be done with banks' files and deposits."""

from .deciding import give, leave_aside, take_back
from .files import take_file
from .forgetting import DEPOSITS

__all__ = ["DEPOSITS", "give", "leave_aside", "take_back", "take_file"]
