"""A node that speaks a third language from a file, and says something in its own words."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from wizzle.core.cli import main
from wizzle.core.language import translations
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.node_config import new_node

LOG_IN = "Log in"


@pytest.fixture
def wizzle(tmp_path, monkeypatch):
    """Return a way to run commands on a fresh node; what they print comes back."""
    home = new_node(tmp_path / "gangbuk", example="gangbuk").home
    monkeypatch.setenv("WIZZLE_HOME", str(home))

    def run(*words, exits=0):
        done = CliRunner().invoke(main, list(words))
        assert done.exit_code == exits, done.output
        return done.output

    run.home = home
    return run


def put(home, tag, **said):
    """Translate these sentences in the file of a language, as a translator would."""
    file = home / "languages" / f"{tag}.po"
    catalogue = translations.read(file.read_bytes(), tag)
    for text, string in said.items():
        catalogue[text].string = string
    file.write_bytes(translations.written(catalogue))


def test_a_file_lists_all_that_is_said_and_keeps_what_is_translated(wizzle):
    first = wizzle("languages", "new", "vi")
    put(wizzle.home, "vi", **{LOG_IN: "Đăng nhập"})
    again = wizzle("languages", "new", "vi")
    said = (wizzle.home / "languages" / "vi.po").read_text("utf-8")
    left, whole = (int(word) for word in first.split(": ")[1].split() if word.isdigit())
    assert left == whole > 1_000
    assert f"{left - 1} of {whole} sentences are to be translated" in again
    assert 'msgid "Log in"\nmsgstr "Đăng nhập"' in said
    assert "#. 로그인" in said
    assert f"{left - 1} of {whole} sentences lack" in wizzle("languages", "check", "vi")


def test_a_translation_that_cannot_be_filled_in_is_named(wizzle):
    wizzle("languages", "new", "vi")
    text = "Skip to the content"
    put(wizzle.home, "vi", **{text: "Đến %(wrong)s"})
    assert not re.search(r"\b0 of", wizzle("languages", "check", "vi"))  # nothing is put into it
    with_place = next(
        message.id
        for message in translations.read((wizzle.home / "languages" / "vi.po").read_bytes(), "vi")
        if isinstance(message.id, str) and "%(" in message.id
    )
    put(wizzle.home, "vi", **{with_place: "Sai %(nothing)s"})
    assert repr(with_place) in wizzle("languages", "check", "vi", exits=1)


@pytest.mark.parametrize("tag", ["jp", "../etc", "KO", "x" * 40])
def test_what_is_no_language_is_refused(wizzle, tag):
    assert "no language is called" in wizzle("languages", "new", tag, exits=2)
    assert not (wizzle.home / "languages").exists()


def test_a_language_without_its_file_stops_the_start_with_the_way_out(wizzle):
    config = wizzle.home / "node.toml"
    config.write_text(config.read_text("utf-8").replace('["ko", "en"]', '["ko", "en", "vi"]'))
    assert "wizzle languages new vi" in wizzle("plugins", exits=2)
    wizzle("languages", "new", "vi")
    wizzle("plugins")


def test_a_page_speaks_it_and_falls_back_to_english(tmp_path):
    folder = tmp_path / "languages"
    folder.mkdir()
    said = translations.blank([], "vi")
    said.add(LOG_IN, "Đăng nhập")
    said.add("Only %(left)s left.", "Còn %(khac)s.")
    (folder / "vi.po").write_bytes(translations.written(said))
    (folder / "ko.po").write_text('msgid "Log in"\nmsgstr "들어오기"\n', "utf-8")
    node = make_node(tmp_path, languages=("ko", "en", "vi"))
    client = create_app(node).test_client()

    def page(language):
        return client.get("/log-in", headers={"Accept-Language": language}).text

    assert '<html lang="vi"' in page("vi-VN,vi;q=0.9")
    assert "Đăng nhập" in page("vi")
    assert "Skip to the content" in page("vi")
    assert "Tiếng Việt" in page("ko")
    assert "들어오기" in page("ko")
    vi = node.catalogues.tongue("vi")
    assert vi.gettext("Only %(left)s left.", left=3) == "Only 3 left."
    node.close()
