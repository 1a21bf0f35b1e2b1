"""What is prepared for the next start: used while it fits, made again when it does not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from wizzle.core.cli.templates import PreparedTemplates
from wizzle.core.language import catalogues, load_catalogues
from wizzle.core.prepared import Prepared

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Hello"
msgstr "{hello}"
"""


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    return Prepared(tmp_path / "prepared", "a secret of the node")


def test_it_is_found_only_by_the_mark_of_what_it_was_made_from(prepared, tmp_path):
    assert prepared.find("a.mo", "1") is None
    prepared.keep("a.mo", "1", b"first")
    assert prepared.find("a.mo", "1") == b"first"
    assert prepared.find("a.mo", "2") is None
    prepared.keep("a.mo", "2", b"second")
    assert prepared.find("a.mo", "2") == b"second"
    assert [file.name for file in (tmp_path / "prepared").iterdir()] == ["a.mo"]
    assert (tmp_path / "prepared").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("wrong", [b"", b"short", b"\0" * 200])
def test_a_damaged_file_is_as_good_as_none(prepared, tmp_path, wrong):
    prepared.keep("a.mo", "1", b"first")
    (tmp_path / "prepared" / "a.mo").write_bytes(wrong)
    assert prepared.find("a.mo", "1") is None


def test_what_somebody_else_put_there_is_not_run(prepared, tmp_path):
    Prepared(tmp_path / "prepared", "a guess").keep("a.template", "1", b"their code")
    assert prepared.find("a.template", "1") is None
    forged = hashlib.sha256(b"1\0their code").digest() + b"their code"
    (tmp_path / "prepared" / "a.template").write_bytes(forged)
    assert prepared.find("a.template", "1") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "prepared").write_text("a file where the folder would be")
    prepared = Prepared(tmp_path / "prepared", "a secret of the node")
    prepared.keep("a.mo", "1", b"first")
    assert prepared.find("a.mo", "1") is None


def test_a_catalogue_is_compiled_once_and_again_when_it_was_changed(
    prepared, tmp_path, monkeypatch
):
    file = tmp_path / "ko.po"
    compiled = []
    compile_ = catalogues._compile
    monkeypatch.setattr(
        catalogues, "_compile", lambda *given: compiled.append(given) or compile_(*given)
    )

    def said_by_a_new_process() -> str:
        catalogues._read.clear()
        return load_catalogues(["ko"], [tmp_path], prepared).tongue("ko").gettext("Hello")

    file.write_text(PO.format(hello="안녕하세요"), "utf-8")
    assert [said_by_a_new_process() for _ in range(3)] == ["안녕하세요"] * 3
    assert len(compiled) == 1
    file.write_text(PO.format(hello="반가워요"), "utf-8")
    assert [said_by_a_new_process() for _ in range(3)] == ["반가워요"] * 3
    assert len(compiled) == 2


def test_a_template_is_compiled_once_and_again_when_it_was_changed(prepared, tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("Hello {{ name }}")
    compiled = []
    compile_ = Environment._compile
    monkeypatch.setattr(
        Environment, "_compile", lambda *given: compiled.append(given) or compile_(*given)
    )

    def drawn_by_a_new_process() -> str:
        environment = Environment(loader=FileSystemLoader(tmp_path), autoescape=True)
        environment.bytecode_cache = PreparedTemplates(prepared)
        return environment.get_template("page.html").render(name="<Alice>")

    assert [drawn_by_a_new_process() for _ in range(3)] == ["Hello &lt;Alice&gt;"] * 3
    assert len(compiled) == 1
    (tmp_path / "page.html").write_text("Bye {{ name }}")
    assert [drawn_by_a_new_process() for _ in range(3)] == ["Bye &lt;Alice&gt;"] * 3
    assert len(compiled) == 2
    monkeypatch.setattr("wizzle.core.cli.templates.__version__", "another")
    assert drawn_by_a_new_process() == "Bye &lt;Alice&gt;"
    assert len(compiled) == 3
