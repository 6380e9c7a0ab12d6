"""Lighter calls: what Rasa asks our service over lines of our own (for lighter_rasa.py, which reads this).

Read by Rasa's own Python (3.10) and never imported by ours. What is answered, and what is raised when nothing is, is
what Rasa's own client would have given it. Whatever is not plain (`https`, compressed, a sign-in) goes the usual way.
"""

import json
import os
import runpy
from urllib.parse import quote, urlencode, urlsplit

_LINES = runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), "lines.py"))
_NO_ANSWER = (_LINES["NotReached"], _LINES["Broken"], _LINES["Late"], ValueError)
_PLAIN = {"json", "timeout"}


def cut():
    """Make every cut that is about calls."""
    from rasa.core.http_interpreter import RasaNLUHttpInterpreter
    from rasa.utils.endpoints import EndpointConfig

    EndpointConfig.request = _asking(EndpointConfig.request)
    RasaNLUHttpInterpreter._rasa_http_parse = _hearing(RasaNLUHttpInterpreter._rasa_http_parse)


def _lines_to(held, url):
    """Return the lines to a server, and what is asked for there; (None, None) where they do not lead."""
    found = held.__dict__.get("_lines")
    if found is None or found[0] != url:
        there = urlsplit(url)
        is_plain = there.scheme == "http" and there.hostname and there.port and not there.query and not there.username
        lines = _LINES["Lines"](there.hostname, there.port) if is_plain else None
        found = held.__dict__["_lines"] = url, lines, quote(there.path or "/", safe="/%")
    return found[1:]


def _asking(usual):
    """Ask an endpoint for what an action does."""
    import aiohttp
    from rasa.utils.endpoints import ClientResponseError, concat_url

    async def request(self, method="post", subpath=None, content_type="application/json", compress=False, **kwargs):
        lines, target = _lines_to(self, concat_url(self.url, subpath))
        is_plain = kwargs.keys() <= _PLAIN and not (compress or self.cafile or self.basic_auth)
        if lines is None or not is_plain or method != "post" or content_type != "application/json":
            return await usual(self, method, subpath, content_type, compress, **kwargs)
        params = self.combine_parameters()
        if params:
            target += "?" + urlencode(params)
        heads = {"content-type": content_type, **{str(name): str(value) for name, value in self.headers.items()}}
        answer = await _answered(lines, target, kwargs, heads, aiohttp)
        if answer.status >= 400:
            raise ClientResponseError(answer.status, answer.reason, answer.body)
        is_json = answer.kind.partition(b";")[0].strip().lower() == b"application/json"
        return json.loads(answer.body) if is_json else None

    return request


async def _answered(lines, target, kwargs, heads, aiohttp):
    body = json.dumps(kwargs["json"]).encode() if "json" in kwargs else b""
    told = {name: value.encode() for name, value in heads.items()}
    seconds = kwargs.get("timeout") or _patience()
    try:
        return await lines.ask(b"POST", target.encode(), seconds, body, **told)
    except _LINES["NotReached"] as fell:
        raise aiohttp.ClientConnectionError(str(fell)) from None
    except _LINES["Broken"] as fell:
        raise aiohttp.ServerDisconnectedError(str(fell)) from None
    except _LINES["Late"]:
        raise aiohttp.ServerTimeoutError("late") from None


def _patience():
    from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT

    return DEFAULT_REQUEST_TIMEOUT


def _hearing(usual):
    """Ask our ears which act a message is. What they refuse, or do not answer, is asked for in the usual way."""

    async def _rasa_http_parse(self, text, message_id=None):
        asked = self.endpoint_config
        if asked and asked.url:
            lines, target = _lines_to(self, asked.url.rstrip("/") + "/model/parse")
            body = json.dumps({"token": asked.token, "text": text, "message_id": message_id}).encode()
            try:
                kind = {"content-type": b"application/json"}
                answer = await lines.ask(b"POST", target.encode(), _patience(), body, **kind) if lines else None
                if answer is not None and answer.status == 200:
                    return json.loads(answer.body)
            except _NO_ANSWER:
                pass
        return await usual(self, text, message_id)

    return _rasa_http_parse
