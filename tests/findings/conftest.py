"""What findings share: the browser tests their browser, the imports a person with a file."""

from tests.annex.importing.conftest import desk
from tests.e2e.conftest import (
    axe,
    browser,
    browser_context,
    complaints,
    page,
    shot,
    sign_in,
)

__all__ = ["axe", "browser", "browser_context", "complaints", "desk", "page", "shot", "sign_in"]
