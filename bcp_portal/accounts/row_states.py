"""The states and degrees of publicity that a row can have, for plain data that knows no model."""

from django.db.models import TextChoices


class RowStatus(TextChoices):
    ACTIVE = "active", "有効"
    DRAFT = "draft", "作成中"
    RETIRED = "retired", "廃止"


class Confidentiality(TextChoices):
    INTERNAL = "internal", "非公開"
    PARTIAL = "partial", "一部非公開"
    PUBLIC = "public", "公開"
