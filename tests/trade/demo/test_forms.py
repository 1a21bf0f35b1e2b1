"""What the demo's reader sees of a page is what a browser would send."""

from __future__ import annotations

import pytest

from wizzle.plugins.trade.demo.rules.forms import NoSuchThing, read_page

PAGE = """
<p class="notice flash"><svg><path d="M1"></svg><span>한 개 <b>모자라요</b></span></p>
<p class="other">not told</p>
<form method="post" action="/rounds/7/bags/3?after=2" id="one">
<input type="hidden" name="csrf_token" value="abc"><input name="bags" value="1" type="number">
<input type="checkbox" name="copy" value="1"><input type="checkbox" name="copy" value="2" checked>
<input type="radio" name="way" value="cash" checked><input type="radio" name="way" value="bank">
<select name="round"><option value="">-</option><option value="4" selected>A</option></select>
<select name="first"><option value="x">X</option><option value="y">Y</option></select>
<textarea name="why">
a &amp; b</textarea>
<input name="off" value="1" disabled><input type="submit" name="go" value="Go">
<button name="b">B</button>
</form>
<form method="POST"><input name="q" value=""></form>
<input type="radio" name="host" value="9" checked form="one">
<a href="/trade/orders/1">one</a><a>nothing</a><a href="/trade/orders/2"><b>two</b></a>
"""


def test_an_untouched_form_sends_what_a_browser_would():
    form = read_page(PAGE).form("/bags/3")
    assert form.method == "post"
    assert form.pairs == [
        ("csrf_token", "abc"), ("bags", "1"), ("copy", "2"), ("way", "cash"), ("round", "4"),
        ("first", "x"), ("why", "a & b"), ("host", "9"),
    ]  # fmt: skip


def test_what_is_typed_and_ticked_takes_the_place_of_what_stood_there():
    form = read_page(PAGE).form("/bags/3")
    sent = form.filled(bags="3", copy=["1", "2"], way="bank")
    assert [value for name, value in sent if name == "copy"] == ["1", "2"]
    assert dict(sent)["bags"] == "3"
    assert dict(sent)["way"] == "bank"
    assert ("copy", "2") in form.pairs, "the form itself was changed"
    assert [pair for pair in form.filled(copy=[]) if pair[0] == "copy"] == []


def test_a_form_has_no_field_that_is_not_on_the_page():
    page = read_page(PAGE, "/here")
    with pytest.raises(NoSuchThing, match="no field off"):
        page.form("/bags/3").filled(off="2")
    with pytest.raises(NoSuchThing, match="no form to /gone"):
        page.form("/gone")
    assert page.form_with("q").action == "/here"
    assert page.form_with("q").method == "post"


def test_links_and_what_the_page_tells_are_found():
    page = read_page(PAGE)
    assert page.link("/trade/orders/", "2") == "/trade/orders/2"
    assert page.links == ["/trade/orders/1", "/trade/orders/2"]
    assert page.notes == ["한 개 모자라요"]
    with pytest.raises(NoSuchThing):
        page.link("/basket")
