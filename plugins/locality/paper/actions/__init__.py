"""What may be done with the paper: choosing what is in it, and letting it go out."""

from .choosing import choose, plan_out
from .publishing import JOBS, KINDS, let_out

__all__ = ["JOBS", "KINDS", "choose", "let_out", "plan_out"]
