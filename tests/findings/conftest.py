"""What the browser tests of findings share with all other browser tests."""

from tests.e2e.conftest import (
    axe,
    browser,
    browser_context,
    complaints,
    page,
    shot,
    sign_in,
)

__all__ = ["axe", "browser", "browser_context", "complaints", "page", "shot", "sign_in"]
