"""Help for everyone, in plain words, one tap from every page, with whom to ask."""

from __future__ import annotations

import re

import pytest

from wizzle.core.web.help import TOPICS, to_html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**감자(햇)**를 담아요", "<strong>감자(햇)</strong>를"),
        ("**“담기”**를 눌러요", "<strong>“담기”</strong>를"),
        ("오늘은**(햇)감자**예요", "오늘은<strong>(햇)감자</strong>예요"),
        ("**감자**를", "<strong>감자</strong>를"),
        ("*감자(햇)*를", "<em>감자(햇)</em>를"),
        ("**하나**와 **둘(2)**와 셋", "<strong>하나</strong>와 <strong>둘(2)</strong>와 셋"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("별표 * 하나", "별표 * 하나"),
        ("**bold** and plain", "<strong>bold</strong> and plain"),
    ],
)
def test_bold_words_are_bold_also_before_a_particle(written, shown):
    assert shown in to_html(written)


def test_html_in_a_file_stays_text_and_no_link_is_a_script():
    page = to_html("<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](hosting.md#a)")
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert 'href="/help/hosting#a"' in page


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_the_help_is_there_and_its_links_lead_somewhere(client, language):
    client.set_cookie("wizzle_language", language)
    index = client.get("/help").text
    assert "02-000-0000" in index
    assert "hello@gangbuk.example" in index
    for name in TOPICS:
        assert f'href="/help/{name}"' in index
        page = client.get(f"/help/{name}")
        assert page.status_code == 200
        assert "**" not in page.text
        for link in set(re.findall(r'href="(/help[^"#]*)', page.text)):
            assert client.get(link).status_code == 200, link


def test_no_other_file_is_read(client):
    for name in ("architecture", "..%2fREADME", "../../README", "ko", "x" * 300):
        assert client.get(f"/help/{name}").status_code == 404


def test_help_and_the_operator_stand_at_the_foot_of_every_page(client, as_):
    for browser, path in ((client, "/"), (client, "/nothing"), (as_("bob"), "/admin")):
        page = browser.get(path).text
        foot = page.split('<footer class="foot">')[1]
        assert 'href="/help"' in foot
        assert 'href="tel:020000000"' in foot


def test_a_steward_finds_the_first_steps_listed(as_):
    assert "처음 할 일" in as_("bob").get("/admin").text
