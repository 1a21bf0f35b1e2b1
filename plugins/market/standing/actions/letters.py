"""What a resident is told of their standing orders: what was made, what not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core.language import Tongue
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...kinds import BY_ITSELF
from ...orders.actions.letters import Foreword
from ...orders.rules import Orderer
from ..rules import Opening


@dataclass(frozen=True, slots=True)
class Told:
    """So much of a product was wanted, so much was ordered, and why not all."""

    wanted: int
    quantity: int
    problem: Message | None
    name: str


def foreword(node: Node, told: Sequence[Told]) -> Foreword:
    """Return what stands before the confirmation of an order that standing orders made."""

    def lines(say: Tongue) -> list[str]:
        text = [say.gettext("Your standing orders made this order for you.")]
        lacking = _lacking(say, told)
        if lacking:
            text += ["", say.gettext("Not all of it could be ordered:"), *lacking]
        return [*text, _page(node, say)]

    return lines


def failed_letter(
    node: Node,
    session: Session,
    person: Orderer,
    opening: Opening,
    told: Sequence[Told],
    first: int,
    *,
    nothing: bool,
) -> None:
    """Tell a resident that nothing, or not all, was ordered this time, and what they can do."""
    say = node.catalogues.tongue(person.language)
    market = f"{node.settings.node.address}/market"
    head = (
        say.gettext("Nothing was ordered for you in %(title)s.", title=opening.title)
        if nothing
        else say.gettext("Not all of it could be ordered:")
    )
    text = [
        head,
        "",
        *_lacking(say, told),
        "",
        say.gettext("There is nothing to pay. What else there is: %(url)s", url=market),
    ]
    notice = Notice(
        kind=BY_ITSELF.name,
        title=say.gettext("Your standing order could not be made this time"),
        text="\n".join(text),
        url="/standing",
        subject=opening.occasion,
        heading=opening.title,
        key=f"standing:failed:{opening.occasion}:{first}",
    )
    tell(node, session, person.id, notice)


def _lacking(say: Tongue, told: Sequence[Told]) -> list[str]:
    return [_line(say, each, each.problem) for each in told if each.problem is not None]


def _line(say: Tongue, each: Told, problem: Message) -> str:
    if not each.quantity:
        return f"- {each.name} × {each.wanted}: {say.say(problem)}"
    return say.gettext(
        "- %(name)s, %(quantity)s of %(wanted)s: %(problem)s",
        name=each.name,
        quantity=each.quantity,
        wanted=each.wanted,
        problem=say.say(problem),
    )


def _page(node: Node, say: Tongue) -> str:
    url = f"{node.settings.node.address}/standing"
    return say.gettext("Your standing orders, to change or pause them: %(url)s", url=url)
