"""The most wanted first: what cities mostly do, and what is shown beside equal shares."""

from __future__ import annotations

from fractions import Fraction

from .election import Counted, Election, Loser, Project, Winner
from .lots import lots


def greedy(election: Election, *, seed: str = "", skip: bool = True) -> Counted:
    """Take projects by their score as long as the money lasts; one without a vote never wins.

    A tie goes to the lower cost, then to the lot. What does not fit is passed over; without
    ``skip`` it ends the count.
    """
    lot = lots(election.by_id, seed)

    def rank(project: Project) -> tuple[int, int, int]:
        return (-election.scores[project.id], project.cost, lot[project.id])

    winners, losers, left, ended = [], [], election.budget, False
    for project in sorted(election.projects, key=rank):
        votes = election.votes[project.id]
        if not ended and election.scores[project.id] > 0 and project.cost <= left:
            winners.append(Winner(project, votes))
            left -= project.cost
            continue
        ended = ended or not skip
        missing = Fraction(max(0, project.cost - left))
        losers.append(Loser(project, votes, None, missing))
    rule = "greedy" if skip else "greedy-stop"
    return Counted(rule, election.budget, tuple(winners), tuple(losers))
