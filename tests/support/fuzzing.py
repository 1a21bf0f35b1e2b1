"""Asks everything that the OpenAPI document names, well and badly, and reads the answers by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error, content_type_conformance, response_schema_conformance,
    status_code_conformance, negative_data_rejection,
]  # fmt: skip


def fuzz(site: Flask, token: str, *, examples: int) -> list[str]:
    """Return what was wrong: an answer of 5xx, one that the document does not know, or what should
    have been refused; ``examples`` of each operation well and badly asked."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site)
    wrong = []
    for found in schema.get_all_operations():
        operation = cast(Any, found).ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                _ask(operation, mode, token, examples)
            except (Exception, FailureGroup) as error:
                wrong.append(f"{operation.label} {mode}: {error}"[:2_000])
    return wrong


def _ask(operation: Any, mode: GenerationMode, token: str, examples: int) -> None:
    @settings(
        max_examples=examples, database=None, deadline=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS, headers=headers)

    asked: Callable[[], None] = ask
    try:
        asked()
    except Exception as error:
        if type(error).__name__ != "Unsatisfiable":  # nothing can be asked badly of it
            raise
