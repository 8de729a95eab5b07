"""Alerts: what is new among the findings, by e-mail (SMTP) and to a webhook."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from crawler.errors import AlertError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WAIT: Final = 20  # seconds for a server to take an alert


def text(source: str, findings: Sequence[Mapping[str, str]]) -> str:
    """The alert in words."""
    lines = [f"{source}: {finding['kind']}: {finding['message']}" for finding in findings]
    return "\n".join([*lines, "", f"Look: hemero health {source}"])


def mail(server: str, sender: str, to: str, source: str, findings: Sequence[Mapping[str, str]]) -> None:
    """Send an alert by e-mail.

    :param server: ``smtp://host:25``, ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…:465``
    :raises AlertError: it could not be handed over; the sentence holds no password
    """
    message = EmailMessage()
    message["Subject"] = f"Hemero: {source}: {', '.join(sorted({finding['kind'] for finding in findings}))}"
    message["From"], message["To"] = sender, to
    message["Date"], message["Message-ID"] = (
        formatdate(),
        make_msgid(domain=sender.rpartition("@")[2] or None),
    )
    message.set_content(text(source, findings))
    parts = urlsplit(server)
    host = parts.hostname or ""
    try:
        with _connect(parts.scheme, host, parts.port) as connection:
            if parts.username:
                if parts.scheme == "smtp":
                    connection.starttls(context=ssl.create_default_context())
                connection.login(unquote(parts.username), unquote(parts.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:  # an address in no alphabet of mail's, say
        raise AlertError(f"smtp server {host}: {type(error).__name__}: {error}") from error


def _connect(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=WAIT, context=ssl.create_default_context())
    return smtplib.SMTP(host, port or 25, timeout=WAIT)


def post(webhook: str, source: str, findings: Sequence[Mapping[str, str]]) -> None:
    """Send an alert as JSON: ``text`` is what Slack, Mattermost and the like show, the rest is for programs.

    :raises AlertError: the webhook did not take it
    """
    told: dict[str, Any] = {"text": text(source, findings), "source": source, "findings": list(findings)}
    headers = {"Content-Type": "application/json", "User-Agent": "Hemero"}
    request = urllib.request.Request(webhook, json.dumps(told).encode(), headers, method="POST")  # noqa: S310 -- http(s), checked in config
    host = urlsplit(webhook).hostname
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(request, timeout=WAIT).close()
    except (OSError, HTTPException, ValueError) as error:
        raise AlertError(f"webhook at {host}: {type(error).__name__}: {error}") from error
