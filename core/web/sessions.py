"""Flask's sessions in a signed cookie, with a signer that is made once and not twice a request."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """What Flask does by itself; the signer is kept as long as the secret is the same."""

    def __init__(self) -> None:
        self._made: tuple[object, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        secret, signer = self._made
        if signer is None or secret != app.secret_key:
            signer = super().get_signing_serializer(app)
            self._made = (app.secret_key, signer)
        return signer
