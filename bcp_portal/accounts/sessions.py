"""Keeps sessions in the database beside the account they belong to, so that they can be listed."""

import time
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from bcp_portal.accounts.models import SignInSession

ADDRESS, BROWSER, SIGNED_IN_AT, SEEN_AT = "address", "browser", "signed_in_at", "seen_at"


class SessionStore(DatabaseStore):
    """Django's sessions in the database; each row also says whose it is."""

    @classmethod
    def get_model_class(cls) -> type[SignInSession]:
        return SignInSession

    def save(self, must_create: bool = False) -> None:
        """Store the session; one that is new counts as used now."""
        self.setdefault(SEEN_AT, int(time.time()))
        super().save(must_create)

    def create_model_instance(self, data: dict[str, Any]) -> SignInSession:
        """Return the row to be stored, with the account in whose name it is used."""
        row = cast(SignInSession, super().create_model_instance(data))
        row.user_id = data.get("_auth_user_id")
        return row
