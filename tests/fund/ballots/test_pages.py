"""The pages of votes: without a script, by code or logged in, at the desk, and the result."""

from __future__ import annotations

import io
import json
import re
import zipfile
from hashlib import sha256

import pytest
from click.testing import CliRunner
from flask import Flask
from support.visitors import queries as asked_of
from support.votes import Votes

from wizzle.core.node import Node
from wizzle.plugins.fund.ballots import actions, queries
from wizzle.plugins.fund.ballots.actions.held import urn_of
from wizzle.plugins.fund.ballots.routes import counting
from wizzle.plugins.fund.ballots.routes.voting import in_order
from wizzle.plugins.fund.counting.commands import count

pytestmark = pytest.mark.parametrize("node", ["sqlite"], indirect=True)


def test_one_votes_by_a_code_in_three_steps_and_the_code_is_in_no_address(
    votes: Votes, node: Node, site: Flask
):
    vote_id = votes.opened(form="knapsack")
    browser, code = site.test_client(), votes.codes[0]
    assert "투표하기" in browser.get("/fund").text
    assert "참여 코드" in browser.get(f"/fund/votes/{vote_id}").text
    typed = f"{code[:5].lower()} {code[5:10]}-{code[10:]}"
    ballot = browser.post("/fund/vote", data={"code": typed}).text
    assert ballot.count('name="choices"') == 3
    assert "제안 1" in ballot
    over = {"code": typed, "choices": ["1", "2", "3"], "step": "review"}
    answer = browser.post("/fund/vote", data=over)
    assert answer.status_code == 422
    assert "200,000원" in answer.text
    assert answer.text.count(" checked") == 3, "what was chosen stays"
    review = browser.post("/fund/vote", data={**over, "choices": ["1", "3"]}).text
    assert "이대로 넣을까요?" in review
    assert "900,000원" in review
    again = browser.post("/fund/vote", data={**over, "choices": ["1", "3"], "step": "again"}).text
    assert again.count(" checked") == 2
    done = browser.post("/fund/vote", data={**over, "choices": ["1", "3"], "step": "cast"})
    assert done.location == f"/fund/votes/{vote_id}/thanks"
    assert "고마워요" in browser.get(done.location).text
    twice = browser.post("/fund/vote", data={**over, "choices": [], "step": "cast"})
    assert twice.status_code == 422
    assert "이미" in twice.text
    with node.db.read() as session:
        assert urn_of(node, session, vote_id) == {((1, 3), False): 1}


def test_wrong_codes_are_bounded_and_right_ones_still_work(votes: Votes, site: Flask):
    votes.opened()
    browser = site.test_client()
    answers = [browser.post("/fund/vote", data={"code": "AAAA"}).status_code for _ in range(41)]
    assert set(answers[:40]) == {422}
    assert answers[40] == 429
    assert browser.post("/fund/vote", data={"code": votes.codes[0]}).status_code == 200


def test_a_member_votes_logged_in_and_others_are_told_why_not(votes: Votes, site: Flask):
    for name in ("alice", "gina", "charlie", "dana"):
        votes.cast.person(name)
    vote_id = votes.opened(electorate="members", form="ranking", most=2)
    alice, late = votes.cast.signed_in(site, "alice"), votes.cast.signed_in(site, "frank")
    path = f"/fund/votes/{vote_id}/ballot"
    assert path in alice.get(f"/fund/votes/{vote_id}").text
    assert late.get(path).status_code == 403
    assert site.test_client().get(path).status_code == 302
    page = alice.get(path).text
    assert "1순위" in page
    assert "2순위" in page
    assert "3순위" not in page
    sent = {"choices": ["3", "1"], "step": "cast"}
    assert alice.post(path, data=sent).location.endswith("/thanks")
    assert alice.post(path, data=sent).status_code == 409
    assert "투표를 마쳤어요" in alice.get(f"/fund/votes/{vote_id}").text


def test_each_reader_has_an_order_of_their_own_that_stays(votes: Votes, node: Node):
    vote_id = votes.opened(costs=[100] * 8)
    with node.db.read() as session:
        options = queries.options(session, vote_id)
        orders = [tuple(e.number for e in in_order(options, vote_id, f"p{n}")) for n in range(20)]
        assert tuple(e.number for e in in_order(options, vote_id, "p0")) == orders[0]
    assert len(set(orders)) > 15
    assert len({order[0] for order in orders}) > 4


def test_a_treasurer_prepares_prints_fixes_counts_and_binds(votes: Votes, node: Node, site: Flask):
    keeper = votes.cast.signed_in(site, "bob")
    first = votes.draft()
    with node.db.read() as session:
        programme_id = queries.vote_of(session, first).programme_id
    path = f"/fund/programmes/{programme_id}/vote/new"
    assert votes.cast.signed_in(site, "charlie").get(path).status_code == 403
    form = {
        "title": "우리 동네 투표", "form": "limited", "least": "3", "most": "2",
        "rule": "equal-shares", "step": "100", "electorate": "roll",
        "quorum_kind": "permille", "quorum": "300",
        "opens_at": "2026-11-23T09:00", "closes_at": "2026-11-28T18:00", "idempotency_key": "k",
    }  # fmt: skip
    assert keeper.get(path).status_code == 200
    assert keeper.post(path, data=form).status_code == 422
    sent = keeper.post(path, data={**form, "least": "1"})
    vote_id = int(re.findall(r"/votes/(\d+)/prepare", sent.location)[0])
    assert keeper.post(path, data={**form, "least": "1"}).location == sent.location
    assert site.test_client().get(f"/fund/votes/{vote_id}").status_code == 404
    paper = keeper.post(f"/fund/votes/{vote_id}/codes", data={"number": "11"})
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Cache-Control"].endswith("no-store")
    wrong = keeper.post(f"/fund/votes/{vote_id}/prepare", data={"names": "nobody@example.com"})
    assert wrong.status_code == 422
    keeper.post(f"/fund/votes/{vote_id}/prepare", data={"names": "김순자\n김순자\n박영수"})
    page = keeper.get(f"/fund/votes/{vote_id}/prepare").text
    assert "11" in page
    assert "1,000명 가운데 300명" in page
    keeper.post(f"/fund/votes/{vote_id}/freeze")
    desk = f"/fund/votes/{vote_id}/desk"
    found = keeper.get(desk, query_string={"q": "김"}).text
    tick = re.findall(r"/fund/votes/\d+/roll/\d+/tick", found)[0]
    keeper.post(tick)
    entered = keeper.post(desk, data={"choices": ["2", "1"]}, follow_redirects=True)
    assert "종이표를 넣었어요" in entered.text
    assert keeper.post(desk, data={"choices": ["1"]}).status_code == 409
    votes.over()
    assert keeper.post(f"/fund/votes/{vote_id}/count").status_code == 302
    assert "정해진 것이 없어요" in keeper.get(f"/fund/votes/{vote_id}").text
    keeper.post(f"/fund/votes/{vote_id}/bind")
    with node.db.read() as session:
        assert queries.vote_of(session, vote_id).bound_at is None


BALLOTS = [[1, 2], [1], [1], [2, 3], [3], [3], [4], [4, 1], [], [2]]


def test_the_result_is_explained_and_can_be_counted_again_byte_for_byte(
    votes: Votes, node: Node, site: Flask, tmp_path
):
    costs = [600_000, 300_000, 250_000, 200_000]
    vote_id = votes.counted(BALLOTS, costs=costs, title="올해 제안")
    told, browser = votes.told(vote_id), site.test_client()
    page = browser.get(f"/fund/votes/{vote_id}").text
    for words in ("지지한", "명의 몫으로 채워졌어요", "두 방식", "모자랐어요", "다시 세어"):
        assert words in page
    assert "bob" not in page
    assert "보배" not in page
    first = browser.get(f"/fund/votes/{vote_id}/recount.zip").data
    votes.clock.advance(days=1)
    assert browser.get(f"/fund/votes/{vote_id}/recount.zip").data == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(files[name]).hexdigest() == digest
    (tmp_path / "ballots.pb").write_bytes(files["ballots.pb"])
    commands = re.findall(r"wizzle fund (count .*)", files["README.md"].decode())
    for command, name in zip(commands, ("equal-shares.json", "greedy.json"), strict=True):
        said = command.replace("ballots.pb", str(tmp_path / "ballots.pb")).split()[1:]
        again = CliRunner().invoke(count, said)
        assert again.stdout_bytes == files[name]
    winners = json.loads(files["equal-shares.json"])["winners"]
    assert sorted(map(int, winners)) == sorted(told["winners"])
    assert sha256(files["seed.txt"]).hexdigest() == files["commitment.txt"].decode().strip()
    assert browser.get(f"/fund/votes/{vote_id}/ballots.pb").data == files["ballots.pb"]
    assert browser.get(f"/fund/votes/{vote_id}/notice.pdf").data.startswith(b"%PDF")
    sent = {"file": (io.BytesIO(files["ballots.pb"]), "a.pb"), "step": "100",
            "tie_seed": files["seed.txt"].decode()}  # fmt: skip
    counted = browser.post("/fund/count", data=sent).text
    assert "제안 1" in counted
    assert "두 방식" in counted


def test_files_that_cannot_be_counted_are_refused_with_a_sentence(
    node: Node, site: Flask, monkeypatch
):
    monkeypatch.setattr(counting, "MOST_WORK", 100_000)
    browser = site.test_client()
    endless = (
        "META\nkey;value\nbudget;900000000000000\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
        "a;899999999999999\nb;1\nVOTES\nvoter_id;vote\n1;b\n2;b\n3;a\n"
    )
    for content, said in (
        (b"", ".pb"), (b"\xff", "UTF-8"), (b"META\nkey;value\n", "1"),
        (b"PROJECTS\ncost\n5\n", "1"), (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
        (endless.encode(), "오래"),
    ):  # fmt: skip
        answer = browser.post("/fund/count", data={"file": (io.BytesIO(content), "a.pb")})
        assert answer.status_code == 422, content[:40]
        assert said in answer.text


def test_pages_of_votes_ask_the_database_no_more_the_more_projects_there_are(
    votes: Votes, node: Node, site: Flask
):
    numbers = []
    for size in (2, 12):
        vote_id = votes.counted([[1]] * 6, costs=[1_000] * size)
        with asked_of(node) as asked:
            assert site.test_client().get(f"/fund/votes/{vote_id}").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_nobody_but_the_treasurer_gets_to_the_desk(votes: Votes, site: Flask):
    vote_id = votes.opened()
    charlie = votes.cast.signed_in(site, "charlie")
    assert charlie.get(f"/fund/votes/{vote_id}/desk").status_code == 403
    for step in ("freeze", "empty", "drop", "bind", "count", "codes"):
        assert charlie.post(f"/fund/votes/{vote_id}/{step}").status_code == 403
    assert actions.WORK.keys() == {"fund.close_vote", "fund.tell_voters"}
