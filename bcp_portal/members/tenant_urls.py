"""Addresses inside a municipality about its people and itself."""

from django.urls import path

from bcp_portal.members import views

app_name = "members"
urlpatterns = [
    path("people/", views.MemberListView.as_view(), name="list"),
    path("people/add/", views.MemberAddView.as_view(), name="add"),
    path("people/own-editor/", views.own_editor, name="own-editor"),
    path("people/<int:pk>/person/", views.enter_person, name="enter-person"),
    path("people/<int:pk>/", views.MemberChangeView.as_view(), name="change"),
    path("people/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", views.reactivate, name="reactivate"),
    path("people/<int:pk>/initial-password/", views.initial_password, name="initial-password"),
    path("people/<int:pk>/decision-code/", views.decision_code, name="decision-code"),
    path("notices/confirm/", views.confirm, name="confirm-notices"),
    path("municipality/", views.MunicipalityView.as_view(), name="municipality"),
]
