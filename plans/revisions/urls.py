"""Addresses below which revisions are drafted, submitted and decided, and routes are set."""

from django.urls import include, path

from plans.revisions.views import decisions, drafts, one, proposals, routes, sheets, submission

ONE = "<uuid:uid>/"
ROUTE = "routes/<slug:kind>/"
revision_patterns = [
    path("", drafts.RevisionListView.as_view(), name="list"),
    path("new/", drafts.RevisionNewView.as_view(), name="new"),
    path("proposals/<uuid:uid>/", proposals.KindProposalView.as_view(), name="proposal"),
    path("routes/", routes.RoutesView.as_view(), name="routes"),
    path("routes/preset/", routes.PresetView.as_view(), name="preset"),
    path("routes/small-office/", routes.SmallOfficeView.as_view(), name="small-office"),
    path("routes/account-wait/", routes.AccountWaitView.as_view(), name="account-wait"),
    path(ROUTE, routes.RouteView.as_view(), name="route"),
    path(f"{ROUTE}add/", routes.StepView.as_view(), name="step-add"),
    path(f"{ROUTE}<int:number>/", routes.StepView.as_view(), name="step"),
    path(ONE, one.OneView.as_view(), name="one"),
    path(f"{ONE}content/", one.ContentView.as_view(), name="content"),
    path(f"{ONE}public/", one.PublicView.as_view(), name="public"),
    path(f"{ONE}edit/", drafts.RevisionEditView.as_view(), name="edit"),
    path(f"{ONE}submit/", submission.SubmitView.as_view(), name="submit"),
    path(f"{ONE}withdraw/", submission.WithdrawView.as_view(), name="withdraw"),
    path(f"{ONE}issuing/", one.IssuingView.as_view(), name="issuing"),
    path(f"{ONE}issue/", submission.IssueView.as_view(), name="issue"),
    path(f"{ONE}decide/", decisions.DecideView.as_view(), name="decide"),
    path(f"{ONE}return/", decisions.ReturnView.as_view(), name="return"),
    path(f"{ONE}papers/<uuid:decision>/", decisions.PaperView.as_view(), name="paper"),
    path(f"{ONE}sheet/", sheets.ApprovalSheetView.as_view(), name="sheet"),
]
urlpatterns = [path("revisions/", include((revision_patterns, "revisions")))]
