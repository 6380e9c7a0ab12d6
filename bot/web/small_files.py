"""Files that are the same for everybody, in the smallest form that a browser reads."""

import os
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Scope

FORMS = (("br", ".br"), ("gzip", ".gz"))  # the smallest first


def small_files(*folders: Path) -> ASGIApp:
    """Return what answers with files of folders; the first that has one gives it.

    What was made small at set-up is sent so, and what was not is on the way. Pages are not, or their size would tell
    of their words.
    """
    return GZipMiddleware(SmallFiles(*folders), minimum_size=500)


class SmallFiles(StaticFiles):
    """Looks for the forms that lie beside a file."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(directory=folders[-1], check_dir=False)
        self.all_directories = list(folders)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a form that the browser reads, each with a mark of its own, or the file."""
        asked = Headers(scope=scope)
        there = Path(full_path)
        for encoding, form in _forms(there, asked.get("accept-encoding", "")):
            headers = {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
            kind = guess_type(there.name)[0]
            answer = FileResponse(form, status_code, headers, kind, stat_result=form.stat())
            return NotModifiedResponse(answer.headers) if self.is_not_modified(answer.headers, asked) else answer
        return super().file_response(full_path, stat_result, scope, status_code)


def _forms(file: Path, reads: str) -> Iterator[tuple[str, Path]]:
    names = {part.partition(";")[0].strip() for part in reads.lower().split(",") if not _is_refused(part)}
    for encoding, ending in FORMS:
        form = file.with_name(file.name + ending)
        if encoding in names and form.exists():
            yield encoding, form


def _is_refused(part: str) -> bool:
    return part.replace(" ", "").endswith((";q=0", ";q=0.0"))
