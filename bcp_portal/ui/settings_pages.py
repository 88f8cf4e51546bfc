"""What every page of settings does: show its forms, refuse what is wrong, save, say so and lead on."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

Forms = TypeVar("Forms")


class SettingsPage(ABC, Generic[Forms]):
    """Mixed into a view that says which forms it has, how they are saved, and what is said then."""

    template_name: str
    saved: str
    request: Any

    def get(self, request: Any, **named: str) -> HttpResponse:
        return self.show(self.forms())

    def post(self, request: Any, **named: str) -> HttpResponse:
        forms = self.forms(request.POST)
        if not self.are_valid(forms):
            return self.show(forms, status=422)
        refusal = self.save(forms)
        if refusal is not None:
            return refusal
        messages.success(request, self.saved)
        return redirect(self.address_after())

    @abstractmethod
    def forms(self, data: Any = None) -> Forms:
        """Return the form, or what holds several: as stored, or with what somebody sent."""

    def are_valid(self, forms: Forms) -> bool:
        """Tell whether all can be saved; what cannot has its sentences then."""
        return not [form for form in self.each_of(forms) if not form.is_valid()]

    def each_of(self, forms: Forms) -> list[Any]:
        """Return every single form."""
        return [forms]

    @abstractmethod
    def save(self, forms: Forms) -> HttpResponse | None:
        """Save everything or nothing; return a page that says why not, if so."""

    @abstractmethod
    def address_after(self) -> str:
        """Return where to go when it is saved."""

    def shown(self, forms: Forms) -> dict[str, Any]:
        """Return what the template shows."""
        return {"form": forms}

    def show(self, forms: Forms, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page."""
        shown = {**self.shown(forms), **more}
        return render(self.request, self.template_name, shown, status=status)
