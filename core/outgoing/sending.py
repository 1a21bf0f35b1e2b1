"""One hop: the request made ready, signed as it goes out, sent, and its answer read."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path

from requests import PreparedRequest, RequestException, Response, Timeout
from requests.exceptions import SSLError
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import EmptyPoolError, HTTPError

from .adapter import Guarded
from .answer import Answer, Asked
from .errand import Errand
from .failures import Failed
from .reading import read

_OURS = ("connection", "content-length", "transfer-encoding")
"""Headers that say how the request is framed, which is no caller's business."""


class Sender:
    """Keeps the connections; all hops of all errands go through one."""

    def __init__(self, trust: Path | None, agent: str) -> None:
        self._adapter = Guarded(trust)
        self._agent = agent

    @staticmethod
    def prepared(url: str) -> str:
        """Return ``url`` as it goes out: in ASCII, without dot segments, all else quoted."""
        request = PreparedRequest()
        try:
            request.prepare_url(url, None)
        except (RequestException, HTTPError, ValueError):
            raise Failed("url") from None
        return request.url or ""

    def send(self, errand: Errand, url: str, asked: Asked) -> Answer:
        """Send to ``url``, which is prepared; raises ``Failed`` if no whole answer came."""
        request = self._request(errand, url, asked)
        host = errand.origin.host
        try:
            response = self._adapter.send(request, stream=True, timeout=errand.seconds())
            return _answer(response, errand, url, asked.most)
        except Failed:
            raise
        except EmptyPoolError:
            raise Failed("busy", host) from None
        except Timeout as error:
            raise Failed("time", host) from error
        except SSLError as error:
            raise Failed("tls", host) from error
        except (RequestException, HTTPError, HTTPException, OSError) as error:
            raise Failed("broken", host) from error

    def _request(self, errand: Errand, url: str, asked: Asked) -> PreparedRequest:
        headers = CaseInsensitiveDict({"User-Agent": self._agent, "Accept": "*/*"})
        headers.update(asked.headers)
        ours = {"Host": errand.origin.authority, "Accept-Encoding": "gzip"}
        headers.update(ours)
        if asked.sign is not None:
            headers.update(asked.sign(asked.method, url, dict(headers), asked.body or b""))
            headers.update(ours)
        for name in _OURS:
            headers.pop(name, None)
        request = PreparedRequest()
        request.method, request.url = asked.method, url
        request.prepare_headers(headers)
        request.prepare_body(asked.body, None)
        return request


def _answer(response: Response, errand: Errand, url: str, most: int) -> Answer:
    raw = response.raw
    try:
        if raw.status < 200:
            raise Failed("broken", errand.origin.host)  # what it announces would answer the next
        encoding = raw.headers.get("content-encoding", "")
        body = read(raw, encoding, most=most, errand=errand)
    except BaseException:
        raw.close()
        raise
    finally:
        raw.release_conn()
    headers = {name.lower(): value for name, value in raw.headers.itermerged()}
    return Answer(raw.status, headers, body, url)
