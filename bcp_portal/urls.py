"""All addresses of the portal: everything of a municipality lies under its code."""

from django.urls import include, path, register_converter

from bcp_portal.accounts.converters import MunicipalityCodeConverter
from bcp_portal.ui.display import display
from bcp_portal.ui.health import healthz, readyz

register_converter(MunicipalityCodeConverter, "municipality")

tenant_patterns = [
    path("", include("plans.urls")),
    path("", include("bcp_portal.members.tenant_urls")),
    path("help/", include("bcp_portal.members.help_urls")),
    path("search/", include("bcp_portal.search.urls")),
    path("audit/", include("bcp_portal.audit.urls")),
    path("annex/", include("bcp_portal.importing.urls")),
    path("retention/", include("bcp_portal.retention.urls")),
    path("archive/", include("bcp_portal.archive.urls")),
    path("prepared/", include("bcp_portal.jobs.prepared.urls")),
    path("drills/", include("drills.urls")),
]

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("readyz/", readyz, name="readyz"),
    path("display/", display, name="display"),
    path("", include("bcp_portal.members.urls")),
    path("check/", include("plans.bookshelf.check_urls")),
    path("<municipality:municipality_code>/", include(tenant_patterns)),
]
handler400 = "bcp_portal.ui.errors.bad_request"
handler403 = "bcp_portal.ui.errors.forbidden"
handler404 = "bcp_portal.ui.errors.not_found"
handler500 = "bcp_portal.ui.errors.server_error"
