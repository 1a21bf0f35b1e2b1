"""Pictures that people send: what arrives, what is refused, what is served."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image


def jpeg(size=(1600, 900)):
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def send(as_, cast):
    farm = cast.space("farm")
    erin = as_("erin")

    def sent(data, name="a.jpg", caption="밭이 보여요", mimetype="image/jpeg"):
        form = {"caption": caption}
        if data is not None:
            form["picture"] = (io.BytesIO(data), name, mimetype)
        return erin.post(f"/spaces/{farm.slug}/picture", data=form)

    sent.page = f"/spaces/{farm.slug}"
    return sent


def test_a_picture_is_shown_with_its_words_and_kept_for_ever(send, client):
    assert send(jpeg()).status_code == 302
    page = client.get(send.page).text
    found = re.search(
        r'<img class="[^"]*" src="([^"]+)" srcset="([^"]+)" sizes="[^"]+" alt="밭이 보여요"'
        r' width="1280" height="720"',
        page,
    )
    sizes = dict(reversed(each.split(" ")) for each in found.group(2).split(", "))
    assert sizes.keys() == {"480w", "1280w"}
    for wide, url in sizes.items():
        assert Image.open(io.BytesIO(client.get(url).data)).width == int(wide[:-1])
    answer = client.get(found.group(1))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.data[8:12] == b"WEBP"
    assert client.get(found.group(1).replace("large", "small")).status_code == 200


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg",
         "읽을 수 있는 사진이 아니에요"),
        (b"<html><script>alert(1)</script>", "a.jpg", "읽을 수 있는 사진이 아니에요"),
        (b"GIF89a<script>alert(1)</script>", "a.gif", "읽을 수 있는 사진이 아니에요"),
        (b"%PDF-1.7", "a.pdf", "읽을 수 있는 사진이 아니에요"),
        (b"", "a.jpg", "먼저 사진을 골라 주세요"),
        (None, "", "먼저 사진을 골라 주세요"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.jpg", "사진이 너무 커요"),
    ],
    ids=["svg", "html", "gif", "pdf", "empty", "none", "large"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_a_sentence(send, client, data, name, sentence):
    answer = send(data, name)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert "밭이 보여요" in answer.text  # the words typed are still there
    assert "<img" not in client.get(send.page).text


def test_words_for_those_who_do_not_see_it_are_asked_for(send):
    answer = send(jpeg(), caption=" ")
    assert answer.status_code == 422
    assert 'id="f-caption-error"' in answer.text


def test_a_file_name_says_nothing_about_where_it_is_kept(send, node):
    assert send(jpeg(), name="../../../etc/cron.d/x.jpg").status_code == 302
    files = [path for path in node.home.rglob("*") if path.is_file()]
    kept = [path for path in files if path.suffix == ".webp"]
    assert len(kept) == 2
    assert all(path.is_relative_to(node.home / "media") for path in kept)


def test_the_words_are_escaped(send, client):
    send(jpeg(), caption='"><script>alert(1)</script>')
    assert "<script>alert" not in client.get(send.page).text


@pytest.mark.parametrize(
    "address",
    ["/pictures/x/large.webp", "/pictures/" + "0" * 64 + "/large.webp",
     "/pictures/" + "0" * 64 + "/huge.webp", "/pictures/..%2f..%2fnode.toml/large.webp",
     "/pictures/" + "../" * 5 + "node.toml"],
)  # fmt: skip
def test_no_other_file_is_served(client, address):
    assert client.get(address).status_code == 404


def test_a_picture_can_be_taken_off_the_page(send, as_, client):
    send(jpeg())
    as_("erin").post(f"{send.page}/picture/remove")
    assert "<img" not in client.get(send.page).text
