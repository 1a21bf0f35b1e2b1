"""Cases for `wizzle federation check-cases`: what must be taken, and one for each known attack.

python tests/support/attacks     writes tests/federation/cases/incoming.json anew
"""

from support.attacks.whole import FILE, GROUPS, whole_file, written

__all__ = ["FILE", "GROUPS", "whole_file", "written"]
