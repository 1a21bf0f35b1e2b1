"""One order from basket to netted month, played on the pages of two nodes as people would."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..rules.comparing import Line, Shares, Trade, number
from ..rules.forms import Form, NoSuchThing, Page
from .pairing import Two, goods, own_spaces, sources
from .visiting import Stuck, Visitor, until

WANTED = (3, 2)
"""How many of the first goods the resident orders; of the first one less is sent than agreed."""

Lap = Callable[[str], None]


def play(two: Two, lap: Lap) -> Trade:
    """Play the order and return what both nodes say of it afterwards."""
    found = Trade(before=stock(two.producer))
    cycle = prepare_round(two.activist)
    lap("the activist picked goods and opened a round")
    order(two.resident, cycle)
    lap("a resident ordered")
    step(two.activist, cycle, "closed")
    bought, sold = agreed(two)
    lap("the round is closed, and the producer has agreed")
    ship(two.producer, sold)
    until("The delivery note came", lambda: all(row.sent for row in lines(two.activist, bought)))
    lap("the producer has sent it, one piece less")
    receive(two.activist, cycle)
    hand_over(two.activist, cycle)
    settle(two.activist, cycle)
    lap("received, packed, handed over and settled")
    until("The settlement came", lambda: is_booked(two))
    found.here, found.there = lines(two.activist, bought), lines(two.producer, sold)
    found.shares = shares(two.activist, cycle)
    found.after = stock(two.producer)
    return found


def prepare_round(activist: Visitor) -> int:
    """Prepare a round of the activist's hub in which only what is picked elsewhere is offered."""
    new = activist.open("/me").link("/hubs/", "/desk").replace("/desk", "/rounds/new")
    page = activist.send(activist.open(new).form("/rounds/new"))
    cycle = int(_found(r"/rounds/(\d+)/offers", activist.path))
    before = set(_ticked(page))
    source = sources(activist)[0]
    form = activist.open(source).form("/pick")
    copies = goods(activist, source)[: len(WANTED)]
    activist.send(form, round=str(cycle), copy=copies)
    page = activist.open(f"/rounds/{cycle}/offers")
    picked = [seller for seller in _ticked(page) if seller not in before]
    activist.send(page.form("/offers"), producer=picked)
    step(activist, cycle, "open")
    return cycle


def _ticked(page: Page) -> list[str]:
    return [value for name, value in page.form("/offers").pairs if name == "producer"]


def step(activist: Visitor, cycle: int, name: str) -> None:
    """Press the button of the round's next step, and see that it was taken."""
    form = activist.open(f"/rounds/{cycle}/desk").form(f"/steps/{name}")
    page = activist.send(form)
    if page.forms_to(f"/steps/{name}"):
        raise Stuck(f"The round cannot be {name}: {' / '.join(page.notes)}")


def order(resident: Visitor, cycle: int) -> None:
    """Put goods into the basket and order them."""
    form = resident.open(f"/rounds/{cycle}").form("/basket")
    fields = [name for name in sorted(form.names) if re.fullmatch(r"q\d+", name)]
    wanted = dict(zip(fields, map(str, WANTED), strict=True))
    resident.send(form, **wanted)
    form = resident.open("/checkout").form("/checkout")
    payment = form.get("payment") or form.values["payment"][0]
    resident.send(form, payment=payment)
    if not re.search(r"/orders/", resident.path):
        raise Stuck(f"The order was not placed: {resident.path}")


def agreed(two: Two) -> tuple[str, str]:
    """Wait until the order stands on both sides and is agreed; return its page on each."""
    bought = until("The order went out", lambda: _order_page(two.activist))
    until("The producer agreed", lambda: all(row.agreed for row in lines(two.activist, bought)))
    sold = until("The order came in", lambda: _order_page(two.producer))
    return bought, sold


def _order_page(visitor: Visitor) -> str | None:
    links = visitor.open("/trade/orders").links
    return next((link for link in links if re.search(r"/trade/orders/\d+$", link)), None)


def lines(visitor: Visitor, page: str) -> list[Line]:
    """Return the lines of an order between nodes as one side's order sheet says them."""
    return [
        Line(row[0], number(row[2]), *(number(each) for each in (*row[3:6], row[8])))
        for row in visitor.rows(f"{page}.csv")
    ]


def ship(producer: Visitor, page: str) -> None:
    """Write the delivery note: all that was agreed, but one piece less of the first line."""
    form = producer.open(page).form_with("units-")
    first = form.starting("units-")[0]
    producer.send(form, **{first: str(int(form.get(first)) - 1)})


def receive(activist: Visitor, cycle: int) -> None:
    """Send the papers, count what came as the delivery note says, share what is short, pack."""
    step(activist, cycle, "sent")
    form = activist.open(f"/rounds/{cycle}/receiving").form_with("came-")
    activist.send(form)
    step(activist, cycle, "received")
    for form in _forms(activist, f"/rounds/{cycle}/sharing"):
        activist.send(form)
    for form in activist.open(f"/rounds/{cycle}/bags").forms:
        if "bags" in form.names:
            activist.send(form)
    step(activist, cycle, "packed")


def _forms(visitor: Visitor, path: str) -> list[Form]:
    page = visitor.open(path)
    return [form for form in page.forms if form.action.startswith(path)]


def hand_over(activist: Visitor, cycle: int) -> None:
    """Hand every order of the round over, before its day."""
    step(activist, cycle, "distributing")
    place = f"/rounds/{cycle}/handover"
    for link in activist.open(place).links:
        if re.search(r"/handover/\d+$", link):
            form = activist.open(link).form_with("early")
            activist.send(form, early="yes")


def settle(activist: Visitor, cycle: int) -> None:
    """Settle the round."""
    activist.send(activist.open(f"/rounds/{cycle}/settle").form("/settle"))
    if not activist.path.endswith("/settlement"):
        raise Stuck("The round was not settled")


def is_booked(two: Two) -> bool:
    """Say whether the producers' node has booked the settlement."""
    steward = two.person(two.farm, "steward")
    return any(two.hub.host in link for link in steward.open("/trade/books").links)


def shares(activist: Visitor, cycle: int) -> Shares:
    """Return who got what of the one producer's sales, as the statement of the round says."""
    page = activist.open(f"/rounds/{cycle}/settlement")
    link = next((each for each in page.links if re.search(r"/statements/\d+$", each)), None)
    if link is None:
        raise NoSuchThing("the settlement has no producer's statement")
    rows = [[number(each) for each in row[4:8]] for row in activist.rows(f"{link}.csv")]
    return Shares(*(sum(column) for column in zip(*rows, strict=True)))


def stock(producer: Visitor) -> dict[str, int]:
    """Return what is left of each good of this person's producers."""
    found: dict[str, int] = {}
    for slug in own_spaces(producer):
        for row in producer.rows(f"/spaces/{slug}/goods.csv"):
            if row[8].strip().isdigit():
                found[row[1]] = int(row[8])
    return found


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise Stuck(f"{text} is not where it should go on")
    return found[1]
