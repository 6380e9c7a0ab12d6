"""Takes a request, lets go wrong what should, and answers as the Bot API does."""

import asyncio
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot_api import deleting, profile, sending
from bot_api.faults import Fault
from bot_api.fields import Fields, fields_of
from bot_api.receiving import Polling
from bot_api.refusals import HungUp, Refused
from bot_api.world import Call, World

Method = Callable[[World, Fields], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "logOut": profile.log_out,
    "close": profile.close,
    "sendMessage": sending.send_message,
    "editMessageText": sending.edit_message_text,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "sendChatAction": sending.send_chat_action,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "answerCallbackQuery": profile.answer_callback_query,
    "leaveChat": profile.leave_chat,
    "getFile": profile.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.text_setter("description"),
    "getMyDescription": profile.text_getter("description"),
    "setMyShortDescription": profile.text_setter("short_description"),
    "getMyShortDescription": profile.text_getter("short_description"),
}
RECEIVING = {
    "getUpdates": Polling.get_updates,
    "setWebhook": Polling.set_webhook,
    "deleteWebhook": Polling.delete_webhook,
    "getWebhookInfo": Polling.get_webhook_info,
}
# Telegram does not mind how a method is written.
_NAMES = {name.lower(): name for name in METHODS | RECEIVING}


class Answering:
    """The application that the server serves."""

    def __init__(self, world: World, polling: Polling, wake: Callable[[], None]) -> None:
        self._world, self._polling, self._wake = world, polling, wake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        token, _, method = scope["path"].removeprefix("/bot").partition("/")
        method = _NAMES.get(method.lower(), method)
        try:
            fields, files = await fields_of(request)
        except ClientDisconnect:  # whoever asked has gone in mid-sentence
            return
        call = self._world.note(method, fields, files)
        fault = self._world.faults.take(method, fields.get("chat_id"))
        try:
            response = await self._answer(scope["path"], token, call, fault)
        except HungUp:
            await _cut(send)
            return
        await response(scope, receive, send)

    async def _answer(self, path: str, token: str, call: Call, fault: Fault | None) -> Response:
        if fault and fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault and fault.cuts == "before":
            raise HungUp
        if fault and fault.page:
            call.status = fault.page[0]
            return HTMLResponse(fault.page[1], call.status)
        try:
            if fault and fault.refusal:
                raise fault.refusal
            answer = await self._do(path, token, call)
        except Refused as refusal:
            answer, status = refusal.answer, refusal.code
        else:
            status = 200
        if fault and fault.held:
            await asyncio.sleep(fault.held)
        if fault and fault.cuts == "after":
            raise HungUp
        call.status, call.answer = status, answer
        return JSONResponse(answer, status)

    async def _do(self, path: str, token: str, call: Call) -> dict[str, Any]:
        """Do what was asked and return the body of the answer; raises Refused."""
        if not path.startswith("/bot") or ":" not in token:
            raise Refused(404, "Not Found")
        if token != self._world.token:
            raise Refused(401, "Unauthorized")
        if call.method not in _NAMES.values():
            raise Refused(404, "Not Found: method not found")
        if self._world.profile.has_logged_out:
            raise Refused(400, "Logged out")
        if call.method == "getUpdates":
            return {"ok": True, "result": await self._polling.get_updates(call.fields)}
        if call.method in RECEIVING:
            return self._receiving(call)
        with self._world.lock:
            # As it is now: people go on changing what stands in their chats.
            return {"ok": True, "result": deepcopy(METHODS[call.method](self._world, call.fields))}

    def _receiving(self, call: Call) -> dict[str, Any]:
        done = RECEIVING[call.method](self._polling, call.fields)
        self._wake()
        if isinstance(done, tuple):
            return {"ok": True, "result": done[0], "description": done[1]}
        return {"ok": True, "result": done}


async def _cut(send: Send) -> None:
    """Close the connection under the caller. ASGI knows no way, so this takes uvicorn's."""
    cycle = send.__self__
    cycle.transport.abort()
    while not cycle.disconnected:
        await asyncio.sleep(0)
