"""Addresses outside every municipality: the door. There is no self-registration."""

from django.urls import path

from bcp_portal.members import front_door, help_views

urlpatterns = [
    path("", front_door.EntranceView.as_view(), name="entrance"),
    path("sign-in/", front_door.SignInView.as_view(), name="sign-in"),
    path("sign-out/", front_door.SignOutView.as_view(), name="sign-out"),
    path("password/", front_door.PasswordChangeView.as_view(), name="password-change"),
    path("terminals/", front_door.TerminalsView.as_view(), name="terminals"),
    path("help/", help_views.front, name="front-help"),
]
