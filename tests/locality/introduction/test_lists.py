"""People in office, history, partners, and documents for download."""

from __future__ import annotations

from io import BytesIO

from sqlalchemy import func, select

from wizzle.plugins.locality.introduction.models import AllianceDocument, Term

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def test_terms_of_office_pass(node, as_, client, clock):
    typed = {"name": "한가온", "role": "대표", "starts_on": "2024-11-01", "ends_on": "2026-12-01"}
    bob = as_("bob")
    bob.post("/alliance/people/new", data=typed)
    bob.post("/alliance/people/new", data=typed)  # twice is once
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Term)) == 1
    assert "지난 임기" not in client.get("/alliance/people").text
    clock.advance(days=10)
    page = client.get("/alliance/people").text
    assert page.index("지난 임기") < page.index("한가온")


def test_history_and_partners_are_kept_by_stewards(as_, client):
    bob = as_("bob")
    bob.post("/alliance/history/new",
             data={"title": "첫 김장", "day": "2023-11-05", "precise": "year"})  # fmt: skip
    assert "2023년" in client.get("/alliance/history").text
    wrong = bob.post(
        "/alliance/partners/new", data={"name": "도서관", "url": "javascript:alert(1)"}
    )
    assert wrong.status_code == 422
    assert "도서관" in wrong.text
    bob.post("/alliance/partners/new", data={"name": "도서관", "url": "https://lib.example"})
    assert 'href="https://lib.example"' in client.get("/alliance/partners").text
    assert as_("alice").post("/alliance/partners/1/remove").status_code == 403
    assert bob.post("/alliance/partners/99/remove").status_code == 404
    bob.post("/alliance/partners/1/remove")
    assert "도서관" not in client.get("/alliance/partners").text


def send(browser, content, path="/alliance/documents/new", **more):
    data = {"title": "규약 / ../../etc", "day": "2026-11-01", **more}
    if content is not None:
        data["file"] = (BytesIO(content), "a.pdf")
    return browser.post(path, data=data)


def test_a_pdf_is_handed_out_for_download_and_runs_nothing(node, as_, client):
    bob = as_("bob")
    assert send(bob, PDF).status_code == 302
    file = client.get("/alliance/documents/1/file")
    assert file.data == PDF
    assert file.mimetype == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "/" not in file.headers["Content-Disposition"].split("''")[1]
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/alliance/documents/99/file").status_code == 404


def test_what_is_no_pdf_is_refused(node, as_):
    bob = as_("bob")
    for content in (b"<html><script>", PDF[:-8], None, b""):
        assert send(bob, content).status_code == 422
    assert send(as_("alice"), PDF).status_code == 403
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(AllianceDocument)) == 0


def test_a_document_may_be_a_link_and_keeps_its_file_when_it_is_changed(as_, client):
    bob = as_("bob")
    send(bob, PDF)
    send(bob, None, "/alliance/documents/1/edit", keeps="yes", title="새 이름")
    page = client.get("/alliance/documents").text
    assert "새 이름" in page
    assert client.get("/alliance/documents/1/file").data == PDF
    send(bob, None, title="조례", url="https://law.example/1")
    assert 'href="https://law.example/1"' in client.get("/alliance/documents").text
    assert client.get("/alliance/documents/2/file").status_code == 404
    assert "조례" in client.get("/feeds/alliance.atom").text


def test_a_file_goes_with_the_last_document_that_names_it(node, as_, client):
    bob = as_("bob")
    send(bob, PDF, title="하나")
    send(bob, PDF, title="둘")
    bob.post("/alliance/documents/1/remove")
    assert client.get("/alliance/documents/2/file").data == PDF
    send(bob, PDF.replace(b"obj", b"OBJ"), "/alliance/documents/2/edit", title="둘")
    assert len(list(node.settings.media_folder.rglob("*.pdf"))) == 1
    bob.post("/alliance/documents/2/remove")
    assert list(node.settings.media_folder.rglob("*.pdf")) == []
