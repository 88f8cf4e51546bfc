"""Reads JSON that a browser sent; everything unreadable is one kind of error, never a fault of the program."""

import json
from typing import Any

from django.http import HttpRequest
from django.http.request import RawPostDataException


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text; ValueError for what is none, or is nested beyond all reason."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def posted_object(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object in the body of a request; ValueError for anything else.

    A body that says it is a form has been read as one already, and is no JSON.
    """
    try:
        sent = read_json(request.body)
    except RawPostDataException as error:
        raise ValueError("the body is a form") from error
    if not isinstance(sent, dict):
        raise ValueError("not an object")
    return sent
