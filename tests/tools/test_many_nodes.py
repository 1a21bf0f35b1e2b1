"""The model of many nodes: what one sends another receives, and nothing grows without a reason."""

from __future__ import annotations

import random

import many_nodes
from many_nodes import CHANGED, MOST_FOLLOWED, NEWS, Costs, Network

COSTS = Costs(0.001, 0.0005)


def network(size: int) -> Network:
    made = Network(size, random.Random(7), COSTS)
    made.week()
    return made


def test_what_is_sent_is_received():
    made = network(30)
    followings = sum(map(len, made.followers.values()))
    letters = followings * (NEWS + 8 + len(many_nodes.OF_AN_ORDER))
    assert CHANGED > 0
    assert sum(load.messages for load in made.loads) == 2 * letters + made.retries
    assert sum(load.cpu for load in made.loads) > 0


def test_a_hub_follows_no_more_however_large_the_network_is():
    assert {len(chosen) for chosen in network(300).followed.values()} == {MOST_FOLLOWED}


def test_a_host_that_is_away_for_a_day_is_tried_about_once_an_hour():
    assert 24 <= len(list(many_nodes._probes(24 * 3_600))) <= 40


def test_the_plot_names_each_size():
    drawn = many_nodes.drawing(many_nodes.rows((10, 30), 1, COSTS))
    assert drawn.startswith("<svg")
    assert ">10<" in drawn
    assert ">30<" in drawn
