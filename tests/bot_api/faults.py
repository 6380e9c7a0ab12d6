"""What a test makes go wrong, so often, at one method or at all, for one chat or for all."""

from dataclasses import dataclass
from threading import Lock

from bot_api.refusals import Refused, too_many

NGINX = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"


@dataclass
class Fault:
    """One thing that goes wrong `times` more. `page` is what stands before Telegram's servers says in HTML."""

    on: str | None
    times: int
    chat: int | None = None
    refusal: Refused | None = None
    page: tuple[int, str] | None = None
    cuts: str = ""  # "before" it is applied, or "after"
    seconds: float = 0.0
    held: float = 0.0

    def fits(self, method: str, chat: object) -> bool:
        return self.times > 0 and self.on in (None, method) and self.chat in (None, chat)


class Faults:
    """Each is used up in the order in which it was set. `on=None` means any method, polling among them."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = Lock()

    def too_many(self, retry_after: int = 1, times: int = 1, on: str | None = "sendMessage", chat: int | None = None):
        """Answer 429 and say how many seconds to wait."""
        self._set(Fault(on, times, chat, refusal=too_many(retry_after)))

    def breaks(self, status: int = 500, times: int = 1, on: str | None = "sendMessage", chat: int | None = None):
        """Answer 500, as the Bot API says it, or 502 to 504, as the server in front of it does."""
        if status == 500:
            self._set(Fault(on, times, chat, refusal=Refused(500, "Internal Server Error")))
        else:
            said = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}[status]
            self._set(Fault(on, times, chat, page=(status, NGINX.format(f"{status} {said}"))))

    def cuts_before(self, times: int = 1, on: str | None = "sendMessage", chat: int | None = None):
        """Cut the connection; nothing was done."""
        self._set(Fault(on, times, chat, cuts="before"))

    def cuts_after(self, times: int = 1, on: str | None = "sendMessage", chat: int | None = None):
        """Do what was asked and cut the connection: it is done, and the caller does not know."""
        self._set(Fault(on, times, chat, cuts="after"))

    def waits(self, seconds: float, times: int = 1, on: str | None = "sendMessage", chat: int | None = None):
        """Answer late. What was asked is done at the end of the wait."""
        self._set(Fault(on, times, chat, seconds=seconds))

    def holds(self, seconds: float, times: int = 1, on: str | None = "sendMessage", chat: int | None = None):
        """Do what was asked at once, and answer late: for so long the caller does not know that it is done."""
        self._set(Fault(on, times, chat, held=seconds))

    def heal(self) -> None:
        """Take back whatever is still set."""
        with self._lock:
            self._faults.clear()

    def take(self, method: str, chat: object) -> Fault | None:
        """Return what goes wrong with this request, and use it up."""
        with self._lock:
            fault = next((fault for fault in self._faults if fault.fits(method, chat)), None)
            if fault:
                fault.times -= 1
            return fault

    def _set(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)
