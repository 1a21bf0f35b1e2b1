"""`wizzle federation check-cases` as someone meets it who has neither node nor settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.attacks import FILE
from support.attacks.building import posted

from wizzle.core.cli import main

WIZZLE = Path(sys.executable).with_name("wizzle")


@dataclass(frozen=True)
class Ran:
    """What an operator sees of one run."""

    returncode: int
    stdout: str
    stderr: str


def check(home: Path, *arguments: str | Path) -> Ran:
    """Run the command here, in a folder that is no node; an error of ours would be raised."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(home)
        patched.delenv("WIZZLE_HOME", raising=False)
        ran = CliRunner().invoke(main, ["federation", "check-cases", *map(str, arguments)])
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def written(home: Path, **whole: Any) -> Path:
    file = home / "cases.json"
    file.write_text(json.dumps(whole), "utf-8")
    return file


def shared() -> Any:
    return json.loads(FILE.read_text("utf-8"))["default_documents"]


def test_the_file_that_ships_has_no_difference_in_an_empty_folder(tmp_path):
    clean = {name: text for name, text in os.environ.items() if not name.startswith("WIZZLE_")}
    ran = subprocess.run(
        [WIZZLE, "federation", "check-cases", FILE],
        cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert "cavage-rsa\taccept\t202\taccepted\n" in ran.stdout
    assert "too-old\treject\t401\tclock\n" in ran.stdout
    assert "same-bytes\tdrop\t202\tduplicate\n" in ran.stdout
    assert ran.stdout.endswith(" 0 differences\n")
    assert list(tmp_path.iterdir()) == []


def test_json_is_one_object(tmp_path):
    cases = [posted("good", "accept"), posted("old", "reject", now=0)]
    ran = check(tmp_path, written(tmp_path, default_documents=shared(), cases=cases), "--json")
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["differences"]) == (0, 0)
    good, old = told["results"]
    assert (good["id"], good["verdict"], good["status"]) == ("good", "accept", 202)
    assert good["actor"] == "https://goseong.example/actor"
    assert good["fetched"] == ["https://goseong.example/actor"]
    assert (old["reason"], old["status"], old["clock_off_seconds"]) == (
        "clock", 401, -1_796_000_000,
    )  # fmt: skip


def test_a_verdict_that_was_not_expected_ends_with_1(tmp_path):
    cases = [posted("good", "reject"), posted("fine", "accept")]
    ran = check(tmp_path, written(tmp_path, default_documents=shared(), cases=cases))
    assert ran.returncode == 1
    assert "good\taccept\t202\taccepted  EXPECTED reject" in ran.stdout
    assert "2 cases, 1 differences" in ran.stdout


def test_without_an_expectation_a_verdict_is_only_told(tmp_path):
    case = posted("good", "accept")
    del case["expected"]
    ran = check(tmp_path, written(tmp_path, default_documents=shared(), cases=[case]))
    assert ran.returncode == 0


@pytest.mark.parametrize("wrong", [
    {}, [], {"id": "x", "now": 1}, {"now": "soon", "request": {}}, "text", None,
    {"now": 1, "request": {"method": "POST", "target": "/", "body_b64": "!"}},
    {"now": 1, "request": {"method": "POST", "target": "/", "headers": [["one"]]}},
    {"now": 1, "request": {"method": "POST", "target": "/"}, "dns": {"a": 3}},
    {"now": 1, "request": {"method": "POST", "target": "/"}, "documents": [1]},
    {"now": 1, "request": {"method": "POST", "target": "/"}, "state": {"keys": [{}]}},
])  # fmt: skip
def test_a_malformed_case_is_told_and_the_others_are_judged(wrong, tmp_path):
    cases = [wrong, posted("good", "accept")]
    ran = check(tmp_path, written(tmp_path, default_documents=shared(), cases=cases))
    assert ran.returncode == 1
    assert "malformed" in ran.stdout.splitlines()[0]
    assert "good\taccept" in ran.stdout


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "7",
        "{}",
        '{"cases": 3}',
        '{"cases": [], "default_documents": [1]}',
        '{"sequences": [{"steps": [], "dns": 3}]}',
        "[" * 5_000,
        "\ud800",
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2(text, tmp_path):
    file = tmp_path / "cases.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    ran = check(tmp_path, file)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{file}: ")


def test_no_file_ends_with_2(tmp_path):
    assert check(tmp_path, "nowhere.json").returncode == 2
    assert check(tmp_path, tmp_path).returncode == 2


def test_forms_of_a_file_that_are_taken_as_well(tmp_path):
    """Sequences by name or bare, documents by themselves, verdicts to choose from."""
    first, again = posted("first", "accept"), posted("again", "drop")
    again["expected"]["verdict"] = ["drop", "reject"]
    documents = {address: found["body"] for address, found in shared().items()}
    file = written(
        tmp_path, default_documents=documents,
        sequences={"bare": [first, again], "named": {"steps": [first, again]}},
    )  # fmt: skip
    ran = check(tmp_path, file)
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.count("again\tdrop\t202\tduplicate") == 2


def test_documents_stand_over_the_default_ones_and_an_empty_object_is_no_web(tmp_path):
    cases = [
        posted("defaults", "accept"),
        posted("another", "accept", around={"documents": {"https://wanju.example/": None}}),
        posted("none", "reject", around={"documents": {}}),
        posted("gone", "reject", around={"documents": {"https://goseong.example/actor": None}}),
    ]
    ran = check(tmp_path, written(tmp_path, default_documents=shared(), cases=cases))
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("generator", [
    {"kind": "zeros", "size": 1 << 21}, {"kind": "repeat", "text": "[]", "size": 1 << 21}, 1 << 21,
    {"kind": "slow", "seconds": 11}, {"depth": 5_000}, {"kind": "something else"},
])  # fmt: skip
def test_bodies_that_are_too_large_or_too_slow_need_not_be_written_out(generator, tmp_path):
    found = {"https://goseong.example/actor": {"status": 200, "body_generator": generator}}
    ran = check(tmp_path, written(tmp_path, cases=[posted("x", "reject", around={
        "documents": found})]))  # fmt: skip
    assert ran.returncode == 0
    assert "x\treject\t401\tkey_unavailable" in ran.stdout


def test_what_is_known_before_the_first_request(tmp_path):
    listed = shared()["https://goseong.example/actor"]["body"]["publicKey"]
    seen = "https://goseong.example/activities/1"
    states = {
        "key": {"keys": [listed]},
        "key by id": {"keys": {listed["id"]: {"publicKeyPem": listed["publicKeyPem"]}}},
        "seen": {"keys": [listed], "seen": [seen]},
        "other bytes": {"keys": [listed], "seen": [{"id": seen, "sha256": "00"}]},
    }
    cases = [posted(name, "accept", around={"state": state}) for name, state in states.items()]
    ran = check(tmp_path, written(tmp_path, cases=cases))
    assert [line.split("\t")[1:4:2] for line in ran.stdout.splitlines()[:4]] == [
        ["accept", "accepted"],
        ["accept", "accepted"],
        ["drop", "duplicate  EXPECTED accept"],
        ["reject", "id_reused  EXPECTED accept"],
    ]


def test_help_and_the_check_itself_load_no_website(tmp_path):
    script = (
        "import json, sys\nfrom wizzle.core.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    print(json.dumps(sorted(sys.modules)))"
    )

    def loaded(*arguments: str) -> set[str]:
        ran = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=tmp_path, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return set(json.loads(ran.stdout.splitlines()[-1]))

    assert loaded("--help") & {"httpsig", "http_message_signatures", "cryptography"} == set()
    heavy = loaded("federation", "check-cases", str(FILE))
    assert {"httpsig", "http_message_signatures"} <= heavy
    assert "pkg_resources" not in heavy
