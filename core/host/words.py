"""What the host says of plugins that do not fit, in the languages of the operator."""

from __future__ import annotations

from ..values import Text

WORDS = {
    "unknown": Text(
        "‘%(name)s’ 플러그인은 설치되어 있지 않아요. 이름을 확인해 주세요.",
        "There is no plugin called %(name)s. Please check the name.",
    ),
    "twice": Text("%(name)s 플러그인이 두 번 적혀 있어요.", "%(name)s is named twice."),
    "broken": Text(
        "%(name)s 플러그인을 불러올 수 없어요: %(detail)s",
        "The plugin %(name)s cannot be imported: %(detail)s",
    ),
    "undeclared": Text(
        "%(name)s 플러그인의 모듈 %(path)s에 `plugin = Plugin(…)` 선언이 없어요.",
        "The module %(path)s of the plugin %(name)s has no `plugin = Plugin(…)`.",
    ),
    "misnamed": Text(
        "%(name)s 플러그인이 스스로를 ‘%(other)s’라고 불러요.",
        "The plugin %(name)s calls itself %(other)s.",
    ),
    "untitled": Text(
        "%(name)s 플러그인에 한국어·영어 제목이나 판 번호가 없어요.",
        "The plugin %(name)s lacks a title in Korean or English, or its version.",
    ),
    "missing": Text(
        "%(name)s 플러그인은 %(needed)s 플러그인이 있어야 해요. 함께 켜 주세요.",
        "The plugin %(name)s requires %(needed)s. Please enable both.",
    ),
    "circle": Text(
        "플러그인들이 서로를 필요로 해서 시작할 수 없어요: %(chain)s",
        "Plugins require each other in a circle: %(chain)s",
    ),
    "misfit": Text(
        "플러그인이 이 판의 훅과 맞지 않아요: %(detail)s",
        "A plugin does not fit the hooks of this version: %(detail)s",
    ),
    "idle_settings": Text(
        "켜지 않은 플러그인의 설정이에요. 플러그인을 켜거나 설정을 지워 주세요.",
        "These are settings of a plugin that is not enabled. Enable it or remove them.",
    ),
    "no_settings": Text(
        "%(name)s 플러그인에는 설정이 없어요.", "The plugin %(name)s has no settings."
    ),
    "wrong_setting": Text("%(detail)s", "%(detail)s"),
}
