"""The example configurations are complete, work, and cannot be taken for a real operator's."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizzle.node_config import ConfigErrors, examples, new_node, node_text, read_example


def test_there_are_two_for_consumers_and_one_for_producers(tmp_path: Path) -> None:
    assert examples() == ("gangbuk", "gwanak", "wanju")
    made = {name: new_node(tmp_path / name, example=name) for name in examples()}
    places = {name: (node.node.province, node.node.county) for name, node in made.items()}
    assert places == {
        "gangbuk": ("서울특별시", "강북구"),
        "gwanak": ("서울특별시", "관악구"),
        "wanju": ("전북특별자치도", "완주군"),
    }
    assert made["gwanak"].plugins.enabled == (
        "market", "assembly", "fund", "federation", "trade", "locality", "board", "feed"
    )  # fmt: skip
    assert made["wanju"].plugins.enabled == made["gwanak"].plugins.enabled
    assert len({node.server.port for node in made.values()}) == 3


@pytest.mark.parametrize("name", examples())
def test_they_read_as_init_would_write_them(name: str) -> None:
    assert read_example(name) == node_text({}, name)


@pytest.mark.parametrize("name", examples())
def test_they_belong_to_nobody(tmp_path: Path, name: str) -> None:
    settings = new_node(tmp_path, example=name)
    assert settings.node.address == f"http://127.0.0.1:{settings.server.port}"
    assert "(예시)" in settings.operator.trade_name
    assert settings.operator.email.endswith(".example.org")
    assert settings.operator.business_number.startswith("000-")  # no tax office has this number
    assert settings.mail.kind == "file"


def test_another_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigErrors) as raised:
        read_example("../keys", language="en")
    assert "gangbuk, gwanak, wanju" in str(raised.value)
