"""The only door of the plugin: what it does for each hook, deciding nothing itself."""

from flask import Blueprint, render_template
from marshmallow import Schema, fields, validate

from wizzle.core.answers import MenuItem, Rule, Section
from wizzle.core.hookspecs import hookimpl
from wizzle.core.host import Plugin
from wizzle.core.values import Text
from wizzle.core.web import permitted, this_node, this_viewer


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


@hookimpl
def blueprints():
    return [pages]


@hookimpl
def rules():
    return [Rule("greeting.read", everyone=True)]


@hookimpl
def menu():
    return [MenuItem("Greetings", "greeting.greet", icon="talk", order=90)]


@hookimpl
def home_sections(viewer):
    return [Section("greeting/section.html", {"name": viewer.name if viewer else None}, order=90)]
