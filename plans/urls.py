"""Addresses of the plan: home, chapters, blocks and pictures of chapter text, printing."""

from django.urls import include, path

from plans.blanks import views as blanks
from plans.home.views import guide, home, progress
from plans.word.inward import views as word_in
from plans.writing.views import (
    chapters,
    glossary,
    images,
    outlines,
    overview,
    phrases,
    previews,
    reading,
    settings,
)

CHAPTER = "chapters/<uuid:uid>/"
plan_patterns = [
    path("", overview.ChapterOverviewView.as_view(), name="overview"),
    path("start/", outlines.StartView.as_view(), name="start"),
    path("guide/", guide.GuideView.as_view(), name="guide"),
    path("guide/rows/", guide.FirstRowsView.as_view(), name="guide-rows"),
    path("outline/", outlines.OutlinesView.as_view(), name="outlines"),
    path("outline/result/", outlines.ResultView.as_view(), name="outline-result"),
    path("outline/<slug:profile>/", outlines.ChangeView.as_view(), name="outline-change"),
    path("settings/", settings.PlanSettingsView.as_view(), name="settings"),
    path("add/", overview.AddView.as_view(), name="add"),
    path("removed/", overview.RemovedView.as_view(), name="removed"),
    path("preview/", previews.WholePlanView.as_view(), name="preview"),
    path("summary/", previews.SummaryView.as_view(), name="summary"),
    path("progress/", progress.progress, name="progress"),
    path("blanks/", blanks.BlanksView.as_view(), name="blanks"),
    path("blanks/<slug:code>/", blanks.AnswerView.as_view(), name="blank-answer"),
    path("phrases/", phrases.PhrasesView.as_view(), name="phrases"),
    path("phrases/set/", phrases.PhraseEditView.as_view(), name="phrase"),
    path("phrases/own/", phrases.OwnPhraseView.as_view(), name="phrase-own"),
    path("glossary/", glossary.GlossaryView.as_view(), name="glossary"),
    path("glossary/marks/", glossary.MarksView.as_view(), name="glossary-marks"),
    path("word/", word_in.BringView.as_view(), name="word"),
    path("word/<uuid:uid>/", word_in.PlaceView.as_view(), name="word-place"),
    path("word/<uuid:uid>/discard/", word_in.WordImportDiscardView.as_view(), name="word-discard"),
    path(CHAPTER, reading.ChapterReadView.as_view(), name="read"),
    path(f"{CHAPTER}edit/", chapters.ChapterEditView.as_view(), name="chapter"),
    path(f"{CHAPTER}move/", overview.ChapterMoveView.as_view(), name="move"),
    path(f"{CHAPTER}remove/", overview.ChapterRemoveView.as_view(), name="remove"),
    path(f"{CHAPTER}restore/", overview.ChapterRestoreView.as_view(), name="restore"),
]
image_patterns = [
    path("", images.upload, name="upload"),
    path("<str:sha256>/", images.show, name="show"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("plan/", include((plan_patterns, "plan"))),
    path("blocks/", include(([path("", previews.block_preview, name="preview")], "blocks"))),
    path("images/", include((image_patterns, "images"))),
    path("", include("plans.comparison.urls")),
    path("", include("plans.print_urls")),
    path("", include("plans.revisions.urls")),
    path("", include("plans.edition_pages.urls")),
    path("", include("plans.public_check.urls")),
    path("", include("plans.bookshelf.urls")),
]
