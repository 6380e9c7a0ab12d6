"""How requests are read off the line: the head of one has to be small, and to come in good time."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
HEAD_SECONDS = 30.0


class SmallHeadsInTime(HttpToolsProtocol):
    """uvicorn's strict reader, which by itself takes heads without end, and waits for them without end."""

    largest, seconds = LARGEST_HEAD, HEAD_SECONDS
    _read = 0
    _in_head = _in_request = False
    _late: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head has become too large."""
        if self._late is None and (self.cycle is None or self.cycle.response_complete):
            self._await_head()  # line ends may be dripped too, and the rest of a body that was refused
        if self._late is not None and self._is_head and self._read > self.largest:
            self._head_is_there()
            return self.send_400_response("Invalid HTTP request received.")
        self._read += len(data)
        return super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin with a head."""
        self._await_head()
        self._in_head, self._in_request = True, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """End with a head; a body is somebody else's to wait for."""
        self._head_is_there()
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End with a body, which may be answered before it has come to its end."""
        self._in_request, self._read = False, 0
        super().on_message_complete()

    @property
    def _is_head(self) -> bool:
        """Whether what comes is of a head, or before one, and not the rest of a body."""
        return self._in_head or not self._in_request

    def _await_head(self) -> None:
        self._head_is_there()
        self._read = 0
        self._late = self.loop.call_later(self.seconds, self._part)

    def _head_is_there(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _part(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()
