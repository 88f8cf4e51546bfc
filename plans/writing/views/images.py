"""Pictures of chapter text: taken in by the editor, shown to those who may read the plan."""

from mimetypes import guess_type
from pathlib import PurePath
from typing import IO, cast

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from bcp_portal.accounts.permissions import Permission, requires
from bcp_portal.accounts.proven_files import proven_bytes
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.ui.downloads import download
from plans.chapters.image_services import ImageRefused, add_image
from plans.chapters.models.image import ChapterImage

BROKEN = "本文の図「{image}」のファイルが、失われたか書き換えられています。"


@requires(Permission.EDIT_CHAPTERS)
@require_POST
def upload(request: MemberRequest) -> HttpResponse:
    """Store the posted file and return the address under which the editor shows it."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "画像ファイルを選んでください。"}, status=422)
    try:
        image = add_image(
            municipality=request.municipality,
            actor=request.user,
            name=file.name or "",
            file=cast(IO[bytes], file),
            size=file.size or 0,
        )
    except ImageRefused as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    address = reverse("images:show", args=[request.municipality.code, image.sha256])
    return JsonResponse({"url": address, "sha256": image.sha256})


@requires(Permission.READ_PLAN)
def show(request: MemberRequest, sha256: str) -> HttpResponseBase:
    """Hand out a picture; who saves it finds the name under which it came."""
    image = get_object_or_404(ChapterImage, sha256=sha256)
    try:
        content = proven_bytes(image.file, image.sha256)
    except LookupError:
        refuse_if(request.municipality, image, BROKEN.format(image=image))
    return download(content, _name(image), image.mime, as_uploaded=True, inline=True)


def _name(image: ChapterImage) -> str:
    """Return the name of the file as it came, with another ending where it was of another kind."""
    name = image.original_name or image.sha256
    if guess_type(name)[0] == image.mime:
        return name
    return f"{PurePath(name).stem}{PurePath(str(image.file.name)).suffix}"
