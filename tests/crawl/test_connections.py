"""What comes on a connection that nobody asked for is no answer to the next request."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}"
CLIENT = """
import sys
from twisted.internet import asyncioreactor
asyncioreactor.install()
from twisted.internet import reactor
from twisted.web.client import Agent, HTTPConnectionPool, readBody
from crawler.middlewares.handler import BoundedFactory

pool = HTTPConnectionPool(reactor)
pool._factory = BoundedFactory
agent = Agent(reactor, pool=pool)

def ask(_=None):
    return agent.request(b"GET", sys.argv[1].encode()).addCallback(readBody)

def told(body):
    print(body.decode())

ask().addCallback(told).addCallback(ask).addCallback(told).addBoth(lambda _: reactor.stop())
reactor.run()
"""


def serve(listener: socket.socket) -> None:
    """Answer the next connection too; where none comes, the first one twice, though it asked once."""
    first, _ = listener.accept()
    with first:
        first.recv(4096)
        listener.settimeout(0.5)
        first.sendall(ANSWER.format(8, "premiere").encode())
        try:
            second, _ = listener.accept()
        except TimeoutError:
            first.sendall(ANSWER.format(8, "injectee").encode())
            return
        with second:
            second.recv(4096)
            second.sendall(ANSWER.format(8, "deuxieme").encode())


def test_a_connection_is_not_asked_again_before_it_was_seen_to_be_quiet() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve, args=(listener,))
        server.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        done = subprocess.run(
            [sys.executable, "-c", CLIENT, address], capture_output=True, text=True, timeout=30, check=True
        )
        server.join()
    assert done.stdout.split() == ["premiere", "deuxieme"]
