"""Answers monitors by threads of their own, so that eight people with heavy pages keep no monitor waiting.

gunicorn's worker with threads gives each connection to whichever thread is free. Here a connection
waits beside the threads until the request has begun to arrive; one that asks for an address of a
monitor goes to threads that nothing else is given to.
"""

import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from selectors import EVENT_READ
from typing import Any

from bcp_portal.ui.monitored import ADDRESSES
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

_BEGINNINGS = tuple(
    f"{method} {address}".encode() for method in ("GET", "HEAD") for address in ADDRESSES
)
_LONGEST = max(map(len, _BEGINNINGS))
_THREADS = 2  # one that waits for a database which does not answer must not keep the next waiting
# Seconds after which a thread that computes lets the next one go on: a monitor's waits for it often.
_SWITCH_SECONDS = 0.001


class MonitoredWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, and a few more for monitors."""

    def init_process(self) -> None:
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.monitors = ThreadPoolExecutor(_THREADS, thread_name_prefix="monitor")
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, and wait beside the threads until something arrives on it."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        """Give a request that has begun to arrive to the threads of its kind."""
        pool = self.monitors if _is_from_monitor(conn.sock) else self.tpool
        future = pool.submit(self.handle, conn)
        future.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def run(self) -> None:
        """Serve until the worker is told to stop."""
        super().run()
        self.monitors.shutdown(wait=False)


def _is_from_monitor(client: socket.socket) -> bool:
    """Look at the beginning of a request without taking it."""
    try:
        begun = client.recv(_LONGEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return False
    return begun.startswith(_BEGINNINGS)
