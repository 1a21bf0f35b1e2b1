"""What stands for a product without a photograph is what its name says last."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.web.routes.styleguide import GOODS
from wizzle.plugins import market
from wizzle.plugins.market.catalog.rules import drawing_of


@pytest.mark.parametrize(
    ("name", "drawing"),
    [
        ("횡성 감자", "potato"), ("진주 단감", "persimmon"), ("고산 감말랭이", "persimmon"),
        ("복숭아잼", "honey"), ("옥천 포도즙", "bottle"), ("찹쌀고추장", "jang"),
        ("청양고추", "pepper"), ("나주 배", "pear"), ("고원 김장배추", "cabbage"),
        ("서천 재래김", "seaweed"), ("포기김치", "kimchi"), ("우리밀 김치만두", "dumpling"),
        ("감자 3kg (산지 직송)", "potato"), ("논산 딸기 작은 팩", "strawberry"),
        ("산나물 세 가지 꾸러미", "basket"), ("참나무 도마", "basket"), ("편백나무", "basket"),
        ("Apple", "basket"),
        ("버섯·나물", "leaves"), ("곡식", "rice"), ("과일", "apple"),
        ("", "basket"), ("()", "basket"),
    ],
)  # fmt: skip
def test_the_drawing_of_a_name(name, drawing):
    assert drawing_of(name) == drawing


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_every_name_has_a_drawing(name):
    assert drawing_of(name) in GOODS


def test_nearly_all_of_the_example_is_drawn_as_what_it_is():
    file = market.__path__[0] + "/data/catalogue.csv"
    with open(file, encoding="utf-8") as catalogue:
        names = [row["상품명"] for row in csv.DictReader(catalogue)]
    neutral = [name for name in names if drawing_of(name) == "basket"]
    assert len(names) >= 200
    assert [name for name in neutral if "꾸러미" not in name] == []
