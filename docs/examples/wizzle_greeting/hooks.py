"""The only door of the plugin: what it does for each hook, deciding nothing itself."""

from flask import Blueprint, redirect, render_template, url_for
from marshmallow import Schema, fields, validate

from wizzle.core import audit
from wizzle.core.addresses import node_actor
from wizzle.core.answers import MenuItem, Rule, Section
from wizzle.core.hookspecs import hookimpl
from wizzle.core.host import Plugin
from wizzle.core.talk import Letter, Receipt
from wizzle.core.values import Text
from wizzle.core.web import permitted, this_node, this_viewer, told


class Settings(Schema):
    """The table ``[plugin.greeting]`` of node.toml."""

    warmth = fields.Integer(load_default=1, validate=validate.Range(1, 3))


plugin = Plugin(
    name="greeting", titles=Text("이웃 인사", "Greetings"), version="1.0", settings=Settings
)
pages = Blueprint("greeting", __name__, template_folder="templates")


@pages.get("/greeting")
@permitted("greeting.read")
def greet() -> str:
    """Greet whoever comes."""
    warmth = this_node().host.settings("greeting")["warmth"]
    return render_template("greeting/page.html", viewer=this_viewer(), warmth=warmth)


@pages.post("/greeting/send")
@permitted("greeting.send")
def send():
    """Greet all nodes that this one is joined with."""
    node = this_node()
    with node.db.write() as session:
        # None: nothing ties this node to others, and then there is nobody to greet.
        for peer in node.hooks.peers(node=node, session=session) or ():
            letter = Letter(to=peer.actor, document=greeting(node, peer.actor), lane="greeting")
            node.hooks.send_document(node=node, session=session, letter=letter)
    told("They will hear of it in a moment.")
    return redirect(url_for("greeting.greet"))


def greeting(node, to):
    """Return a document of a kind of our own; its id names this content for ever."""
    actor = node_actor(node.settings.node.address)
    activity = f"{actor}/greetings/{node.random.token(16)}"
    said = {"id": f"{activity}#said", "type": "Greeting", "content": "안녕하세요"}
    return {"id": activity, "type": "Create", "actor": actor, "to": [to], "object": said}


@hookimpl
def receive_document(node, session, received):
    """Take greetings and leave everything else to others."""
    if (received.kind, received.object_kind) != ("Create", "Greeting"):
        return None
    audit.record(
        session, "greeting.heard", at=node.clock.now(), person_id=None, subject=("node", None),
        host=received.host, words=str(received.document["object"].get("content", ""))[:200],
    )  # fmt: skip
    return Receipt("greeted")


@hookimpl
def blueprints():
    return [pages]


@hookimpl
def rules():
    return [Rule("greeting.read", everyone=True), Rule("greeting.send", members=True)]


@hookimpl
def menu():
    return [MenuItem("Greetings", "greeting.greet", icon="talk", order=90)]


@hookimpl
def home_sections(viewer):
    return [Section("greeting/section.html", {"name": viewer.name if viewer else None}, order=90)]
