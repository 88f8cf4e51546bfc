"""Keeps the log to what an operator has to read: a refused request is one line, a fault a traceback.

A database that is away or a full disk is no fault of the program: that is one line too, however
often a monitor asks meanwhile.
"""

import logging

from bcp_portal.ui.troubles import told_by

_FAULT = 500
# A row saved by two people, a form with a mistake: daily work, said to that person only.
_DAILY = {409, 422}


class OneLine(logging.Filter):
    """Of refused requests and of troubles of the server lets one line through; of daily work none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record, or drop it."""
        status = getattr(record, "status_code", None)
        if status is None or status == _FAULT:
            _tell_trouble(record)
            return True
        if status in _DAILY:
            return False
        record.exc_info = record.exc_text = None
        _name_address(record)
        return True


def _name_address(record: logging.LogRecord) -> None:
    """Put the method, and the address where the message lacks it; the result is always one line."""
    request = getattr(record, "request", None)
    said = record.getMessage()
    if request is not None:
        address = ascii(request.path)[1:-1]
        said = said if address in said else f"{said}: {address}"
        said = f"{ascii(request.method)[1:-1]} {said}"
    record.msg, record.args = " ".join(said.split()), ()


def _tell_trouble(record: logging.LogRecord) -> None:
    """Put what the system said in place of the traceback; an error of the program keeps its own."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and told_by(error):
        said = f"{record.getMessage()} {type(error).__name__}: {error}"
        record.msg, record.args = " ".join(said.split()), ()
        record.exc_info = record.exc_text = None
