"""What init asks: in order, in two languages, judging each answer."""

from __future__ import annotations

import re

import pytest

from wizzle.node_config import QUESTIONS, ConfigErrors, Question, node_text
from wizzle.node_config.schema import SECTIONS, settings_of

BY_KEY = {question.key: question for question in QUESTIONS}


def test_every_needed_value_is_asked_for() -> None:
    needed = {
        f"{section}.{name}"
        for section in SECTIONS
        for name, field in settings_of(section).items()
        if field.required
    }
    assert needed <= set(BY_KEY)


def test_questions_are_put_in_both_languages() -> None:
    question = BY_KEY["operator.business_number"]
    assert (question.ko, question.en) == ("사업자등록번호", "Business registration number")
    assert question.example == "123-45-67891"
    assert question.name == "operator_business_number"
    assert question.option == "--operator-business-number"
    assert len({asked.option for asked in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_defaults_and_examples_are_right_answers(question: Question) -> None:
    assert question.check(question.example) is None
    assert question.default is None or question.check(question.default) is None


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("node.name", " "),
        ("node.languages", "ko,jp"),
        ("operator.business_number", "123-45-67890"),
        ("rates.activist", "9"),
        ("mail.port", "many"),
        ("plugins.enabled", "Market"),
    ],
)
def test_a_wrong_answer_is_explained_in_the_language_asked_for(key: str, answer: str) -> None:
    korean, english = BY_KEY[key].check(answer), BY_KEY[key].check(answer, "en")
    assert korean is not None
    assert english is not None
    assert re.search("[가-힣]", korean.message)
    assert not re.search("[가-힣]", english.message)
    assert korean.example == BY_KEY[key].example


def test_a_mail_server_is_asked_for_only_if_mail_is_sent() -> None:
    host = BY_KEY["mail.host"]
    assert host.is_needed({"mail.kind": "smtp"})
    assert not host.is_needed({"mail.kind": "file"})
    assert [question.key for question in QUESTIONS if question.hidden] == ["mail.password"]


def test_what_has_no_default_must_be_answered() -> None:
    with pytest.raises(ConfigErrors) as raised:
        node_text({"mail.kind": "smtp"})
    open_questions = {q.key for q in QUESTIONS if q.default is None}
    assert {problem.key for problem in raised.value.problems} == open_questions
