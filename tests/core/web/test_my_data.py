"""Taking one's data along: all of one's own, and nothing of anybody else."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from support.rounds import Round

from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.core.web.my_data import archive
from wizzle.plugins.market import begin_standing
from wizzle.plugins.market.orders.rules import IfShort
from wizzle.plugins.market.standing.rules import Terms


@pytest.fixture
def node(tmp_path, clock):
    node = make_node(tmp_path, clock=clock)
    yield node
    node.close()


@pytest.fixture
def ordered(node, cast, clock):
    """alice and gina ordered; alice has a standing order besides."""
    round_ = Round(node, cast, clock)
    (potato,) = round_.goods("=감자")
    round_.draft().offer().to("open")
    round_.order("alice", {potato: 2})
    round_.order("gina", {potato: 1})
    with node.db.write() as session:
        begin_standing(
            node, session, cast.viewer("alice"), key="k", product_id=potato,
            host_id=cast.space("hub").id, begins_on=clock.now().date(),
            terms=Terms(3, 1, IfShort()),
        )  # fmt: skip
    return round_


def files(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_everything_of_oneself_and_nothing_of_others(ordered, as_):
    alice = as_("alice")
    assert "/me/data" in alice.get("/me").text
    answer = alice.post("/me/data")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = files(answer)
    assert {name.removesuffix(".json") for name in found if name.endswith(".json")} == {
        "core-account", "core-answers-to-programs", "core-consents", "core-devices", "core-roles",
        "core-tokens", "core-webhooks", "core-what-i-did", "core-log-ins", "core-passkeys",
        "core-requests",
        "core-notices", "core-notice-choices", "core-notice-hours", "core-push-browsers",
        "core-appeals", "core-reports", "core-follows",
        "market-orders", "market-order-lines", "market-order-history", "market-basket",
        "market-balance", "market-containers", "market-payouts", "market-standing-orders",
        "market-standing-runs", "market-holidays", "market-calendar",
        "assembly-carried-over", "assembly-shifts", "assembly-hub-day-entries",
        "fund-drives", "fund-pledges", "fund-expense_claims", "fund-projects",
        "fund-project_reports", "fund-project_milestones", "fund-fund-vote-desk",
        "fund-fund-vote-rolls", "fund-fund_capital_given_back", "fund-fund_dues",
        "fund-fund_member_money", "fund-fund_memberships", "fund-fund_opinions",
        "fund-fund_shares", "fund-loan_guarantees", "fund-loan_payments", "fund-loans",
        "fund-proposal_questions", "fund-proposals", "fund-supported_proposals",
    }  # fmt: skip
    assert {name.removesuffix(".csv") for name in found if name.endswith(".csv")} == {
        name.removesuffix(".json") for name in found if name.endswith(".json")
    }
    (line,) = json.loads(found["market-order-lines.json"])
    assert (line["product_name"], line["quantity"], line["amount"]) == ("=감자", 2, 2000)
    (row,) = csv.DictReader(io.StringIO(found["market-order-lines.csv"]))
    assert row["product_name"] == "'=감자"
    (standing,) = json.loads(found["market-standing-orders.json"])
    assert (standing["quantity"], standing["payment"]) == (3, "at_collection")
    (account,) = json.loads(found["core-account.json"])
    assert account["email"] == "alice@example.com"
    everything = " ".join(found.values())
    assert "지나" not in everything
    assert "gina" not in everything
    for secret in ("password", "token_hash"):
        assert secret not in everything
    assert "README.txt" in found
    assert "missing.txt" not in found


def test_a_plugin_that_cannot_answer_is_named_and_not_passed_over(ordered, cast, monkeypatch):
    def broken(session, person_id):
        raise RuntimeError("no")

    monkeypatch.setattr("wizzle.plugins.assembly.hooks.shifts.personal", broken)
    with ordered.node.db.write() as session:
        packed = archive(ordered.node, session, cast.person("alice").id, "note")
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.read("missing.txt").decode() == "assembly"
        assert "market-orders.json" in file.namelist()


def test_strangers_take_nothing(node):
    answer = create_app(node).test_client().post("/me/data")
    assert answer.status_code in {302, 400}
