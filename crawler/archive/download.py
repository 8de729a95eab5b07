"""Fetching a WARC file from where archives publish them: a gigabyte, so it is taken up where it broke off."""

from __future__ import annotations

import shutil
import time
import urllib.request
from http.client import HTTPException
from socket import gaierror
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError

from crawler.errors import CaptureError, StorageError

if TYPE_CHECKING:
    from pathlib import Path

PAUSES: Final = (5, 15, 60, 300)
"""Seconds before each further try: Common Crawl's servers answer 503 when they want less."""
TIMEOUT: Final = 60
BEYOND: Final = 416
"""A server's status where nothing stands behind what is there already."""


def download(
    url: str, target: Path, *, user_agent: str, proxy: str = "", pauses: tuple[float, ...] = PAUSES
) -> None:
    """Fetch a file to a path; what an earlier try has brought is not asked for again.

    :raises CaptureError: the server does not give it
    :raises StorageError: it cannot be written
    """
    part = target.with_name(target.name + ".part")
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else {})
    )
    for pause in (*pauses, None):
        try:
            _fetch(opener, url, part, user_agent)
            part.replace(target)
        except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
            if pause is None or not _may_pass(error):
                raise CaptureError(f"{url}: {error}") from error
            if isinstance(error, HTTPError) and error.code == BEYOND:
                part.unlink()  # it is whole, or of another file: again from the beginning
            time.sleep(pause)
        except OSError as error:
            raise StorageError(f"{part}: {error.strerror}") from error
        else:
            return


def _may_pass(error: Exception) -> bool:
    """Whether a later try may go well: not where nobody listens, or the server knows no such file."""
    if isinstance(error, HTTPError):
        return error.code in {BEYOND, 429, 500, 502, 503, 504}
    return not isinstance(getattr(error, "reason", None), gaierror | ConnectionRefusedError)


def _fetch(opener: urllib.request.OpenerDirector, url: str, part: Path, user_agent: str) -> None:
    """One try: the rest of the file, or all of it from a server that does not give parts."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": user_agent, "Accept-Encoding": "identity"})  # noqa: S310
    if have:
        request.add_header("Range", f"bytes={have}-")
    with opener.open(request, timeout=TIMEOUT) as answer:
        with part.open("ab" if answer.status == 206 else "wb") as file:
            shutil.copyfileobj(answer, file, 1 << 20)
        length = answer.headers.get("Content-Length")
        got = part.stat().st_size - (have if answer.status == 206 else 0)
        if length and got != int(length):
            raise ConnectionError(f"cut short: {got} of {length} bytes")
