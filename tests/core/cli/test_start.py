"""A start loads nothing that its first pages do not need, and processes that fork share no way to
the database."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from wizzle.core.cli.staying import for_good
from wizzle.core.testing import make_node

ALL = (
    "market", "assembly", "fund", "federation", "trade", "locality", "board", "feed"
)  # fmt: skip
HEAVY = {
    "Crypto": "signatures",
    "PIL": "pictures",
    "alembic": "migrations",
    "babel.messages": "catalogues that have changed",
    "cryptography": "signatures",
    "fpdf": "papers",
    "http_message_signatures": "signatures",
    "httpsig": "signatures",
    "openpyxl": "tables that are read in",
    "pi_heif": "pictures of phones",
    "requests": "other nodes",
    "segno": "codes on papers",
    "urllib3": "other nodes",
}
PAGES = """
    from wizzle.core.cli import serving
    from wizzle.core.cli.node import bring_up_to_date, the_node

    node = the_node()
    bring_up_to_date(node)
    visitor = serving._site(node).test_client()
    statuses = [visitor.get(path).status_code for path in ("/", "/market", "/rounds", "/log-in")]
    print(json.dumps({"statuses": statuses, "modules": sorted(sys.modules)}))
"""
FORKED = """
    from sqlalchemy import text
    from wizzle.core.cli import serving
    from wizzle.core.cli.node import the_node

    site = serving.website()
    node = site.extensions["wizzle"].node
    open_at_fork = node.db.engine.pool.checkedin()
    with node.db.write() as session:
        session.execute(text("CREATE TABLE told (who VARCHAR(10))"))

    def tell(who, times=25):
        for _ in range(times):
            with node.db.write() as session:
                session.execute(text("INSERT INTO told VALUES (:who)"), {"who": who})
        statuses = {site.test_client().get(path).status_code for path in ("/", "/market")}
        assert statuses == {200}, statuses

    children = []
    for number in range(2):  # after a way to the database was opened here, on purpose
        child = os.fork()
        if child == 0:
            tell(f"child {number}")
            os._exit(0)
        children.append(child)
    tell("parent")
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    with node.db.read() as session:
        told = session.execute(text("SELECT who, count(*) FROM told GROUP BY who ORDER BY who"))
        print(json.dumps({"open": open_at_fork, "ends": ends, "told": [list(row) for row in told]}))
"""
SECRETS = """
    import io
    import structlog
    from wizzle.core.cli import serving

    sys.stderr = io.StringIO()
    serving.website()
    structlog.get_logger("wizzle.test").info("heard", password="감자밭", page="/log-in")
    print(json.dumps({"logged": sys.stderr.getvalue(), "hidden": os.umask(0)}))
"""


def done_by(script: str, home: Path, url: str) -> dict[str, Any]:
    """Run Python in a process of its own, in the folder of a node; return what it prints."""
    begin = (
        'import json, os, sys\nsys.modules["rich"] = None  # only the tools for tests bring it\n'
    )
    ran = subprocess.run(
        [sys.executable, "-c", begin + textwrap.dedent(script)],
        cwd=home,
        env={**os.environ, "WIZZLE_HOME": str(home), "WIZZLE_DATABASE__URL": url},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    said: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return said


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of an example node."""
    wizzle = Path(sys.executable).with_name("wizzle")
    subprocess.run(
        [wizzle, "init", "--example", "gangbuk", "--yes"], cwd=tmp_path, check=True, timeout=120,
        capture_output=True, env={**os.environ, "WIZZLE_HOME": str(tmp_path)},
    )  # fmt: skip
    return tmp_path


def test_the_second_start_loads_nothing_that_its_first_pages_do_not_need(home):
    url = f"sqlite:///{home}/wizzle.db"
    done_by(PAGES, home, url)
    started = done_by(PAGES, home, url)
    assert started["statuses"] == [200] * 4
    assert {name: why for name, why in HEAVY.items() if name in started["modules"]} == {}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_processes_that_fork_share_no_way_to_the_database(kind, home, request):
    url = f"sqlite:///{home}/wizzle.db"
    if kind == "postgres":
        url = request.getfixturevalue("postgres_url")
        make_node(home / "migrated", url=url, plugins=ALL).close()
    told = done_by(FORKED, home, url)
    assert told["open"] == 0
    assert told["ends"] == [0, 0]
    assert told["told"] == [["child 0", 25], ["child 1", 25], ["parent", 25]]


def test_a_server_of_several_processes_logs_no_secret_and_hides_its_files(home):
    told = done_by(SECRETS, home, f"sqlite:///{home}/wizzle.db")
    assert "/log-in" in told["logged"]
    assert "감자밭" not in told["logged"]
    assert told["hidden"] == 0o027


def test_what_stays_is_out_of_the_collector_s_rounds_which_then_go_on():
    before = gc.get_freeze_count()
    with for_good():
        assert not gc.isenabled()
        kept = [[] for _ in range(1_000)]
    assert gc.get_freeze_count() >= before + len(kept)
    with pytest.raises(ValueError, match="wrong"), for_good():
        raise ValueError("wrong")
    assert gc.isenabled()
    gc.unfreeze()
