"""Error pages: one sentence on what went wrong, in the reader's language, and no secrets."""

from __future__ import annotations

import io
import logging

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from wizzle.core.errors import Forbidden, Invalid, NotFound, Refused, TooMany, Unreachable
from wizzle.core.values import Message
from wizzle.core.web import permitted


@pytest.fixture
def breaking(site):
    """A website with a page that raises whatever it is told to."""
    site.config.update(TESTING=False)
    site.extensions["to_raise"] = RuntimeError("a secret: hunter2")

    def broken():
        raise site.extensions["to_raise"]

    site.add_url_rule("/broken", "broken", permitted("core.see")(broken), methods=["GET", "POST"])
    return site


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refused("Only %(left)s left", left=3), 409, "남은 수량 3"),
        (Forbidden("Please log in first."), 403, "먼저 로그인해 주세요"),
        (NotFound("There is no such picture."), 404, "그런 사진이 없어요"),
        (TooMany("That was tried too often. Please wait a quarter of an hour."), 429, "15분"),
        (
            Unreachable("The mail server cannot be reached: %(reason)s", reason="x"),
            502,
            "메일 서버",
        ),
        (Invalid({"name": [Message("Please fill this in.", {})]}), 422, "채워 주세요"),
    ],
)
def test_each_kind_of_error_is_a_page_with_its_sentence(breaking, error, status, words):
    breaking.extensions["to_raise"] = error
    answer = breaking.test_client().get("/broken")
    assert answer.status_code == status
    assert words in answer.text
    assert 'lang="ko"' in answer.text


def test_the_sentence_is_escaped(breaking):
    breaking.extensions["to_raise"] = Refused("Only %(left)s left", left="<script>x</script>")
    assert "<script>x" not in breaking.test_client().get("/broken").text


def test_an_unexpected_error_tells_a_number_that_is_logged_and_nothing_else(breaking):
    with capture_logs() as logs:
        answer = breaking.test_client().get("/broken?token=hunter2")
    assert answer.status_code == 500
    assert "저희 잘못이에요" in answer.text
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text
    line = next(line for line in logs if line["event"] == "a page failed")
    assert line["reference"] in answer.text
    assert "hunter2" not in str({k: v for k, v in line.items() if k != "exc_info"})


def test_the_log_names_the_rule_and_not_the_token_in_the_address(site, monkeypatch):
    site.config.update(TESTING=False)
    monkeypatch.setattr(
        "wizzle.core.auth.codes.owner", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("x"))
    )
    with capture_logs() as logs:
        assert site.test_client().get("/new-password/topsecrettoken").status_code == 500
    assert "topsecrettoken" not in str(
        [{k: v for k, v in x.items() if k != "exc_info"} for x in logs]
    )
    assert logs[-1]["page"] == "/new-password/<token>"


def test_a_broken_layout_still_gives_a_page(breaking, monkeypatch):
    monkeypatch.setattr(
        "wizzle.core.web.errors.render_template", lambda *_, **__: (_ for _ in ()).throw(ValueError)
    )
    logging.disable(logging.CRITICAL)
    try:
        answer = breaking.test_client().get("/broken")
    finally:
        logging.disable(logging.NOTSET)
    assert answer.status_code == 500
    assert b"500" in answer.data


def test_an_address_that_leads_nowhere(client):
    answer = client.get("/없는-곳")
    assert answer.status_code == 404
    assert "여기에는 아무것도 없어요" in answer.text


def test_a_wrong_method_says_which_are_right(client):
    answer = client.get("/log-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_body_that_is_too_large_is_refused_in_words(client):
    data = {"picture": (io.BytesIO(b"x" * 13_000_000), "x.jpg")}
    answer = client.post("/log-in", data=data)
    assert answer.status_code == 413
    assert "더 작은 파일" in answer.text


@pytest.mark.parametrize(("count", "size"), [(1_100, 1), (1, 3_000_000)])
def test_a_form_of_very_many_or_very_long_fields_is_refused(client, count, size):
    fields = {f"f{i}": "x" * size for i in range(count)}
    answer = client.post("/log-in", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "after=999999999999999999", "kind=%F0%9F%98%80", "after=1%20%FF%FE",
        "_external=1&_scheme=javascript&endpoint=x", "kind[]=1&kind=hub&kind=shop",
    ],
)  # fmt: skip
def test_nonsense_in_an_address_breaks_no_list(client, query):
    assert client.get(f"/spaces?{query}").status_code == 200


def test_a_nul_is_refused_wherever_it_stands(client):
    assert client.get("/spaces?after=1%20%00").status_code == 400
    assert client.get("/spaces/%00").status_code == 400
    typed = {"email": "a\0@example.com", "password": "x"}
    assert client.post("/log-in", data=typed).status_code == 400


def test_two_who_stood_in_each_others_way_are_asked_to_send_it_again(breaking):
    class Deadlock(Exception):
        sqlstate = "40P01"

    breaking.extensions["to_raise"] = OperationalError("UPDATE x", {}, Deadlock("deadlock"))
    answer = breaking.test_client().post("/broken", headers={"Origin": "http://localhost"})
    assert answer.status_code == 409
    assert "한 번 더 보내" in answer.text
    breaking.extensions["to_raise"] = OperationalError("UPDATE x", {}, RuntimeError("gone"))
    assert breaking.test_client().get("/broken").status_code == 500
