"""The models of this room, one module a subject."""

from plans.annexes.models.actions import ActionPlan, ActionStep
from plans.annexes.models.carry_cards import CarryCard
from plans.annexes.models.detail_checks import DetailCheckItem, DetailCheckResult, DetailCheckSurvey
from plans.annexes.models.event_reports import PostEventReport, PostEventSystem
from plans.annexes.models.glossary import GlossaryTerm
from plans.annexes.models.manuals import Manual, ManualMaterial
from plans.annexes.models.muster import MusterEstimate, MusterPlace, MusterRule
from plans.annexes.models.organisation import Authority, ResponseRole, RoleDeputy
from plans.annexes.models.policies import ClauseReference, Policy, Premise
from plans.annexes.models.quick_checks import QuickCheckItem, QuickCheckResult, QuickCheckSurvey
from plans.annexes.models.reviews import ReviewItem, ReviewRecord
from plans.annexes.models.scope_reviews import ScopeReview
from plans.annexes.models.storage import StorageCopy
from plans.blanks.models import BlankAnswer
from plans.bookshelf.models import PlanCopy
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.image import ChapterImage
from plans.chapters.models.plan import Plan, PlanProfile
from plans.chapters.models.public_setting import PublicSetting
from plans.claims.models import ClaimState, PublicClaim
from plans.comparison.models import ComparisonSetting
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition
from plans.editions.models.edition_reading import EditionReading
from plans.editions.models.edition_setting import EditionSetting, PageNumbering
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.prints.models import PrintChoices, PrintJob
from plans.revisions.models.issue_job import IssueJob
from plans.revisions.models.revision import (
    Contributor,
    Decision,
    ReturnRemark,
    Revision,
    Submission,
    SubmittedContent,
)
from plans.revisions.models.route import ApprovalRoute, ApprovalSetting
from plans.word.models.template import WordTemplate
from plans.word.models.word_import import WordImport

__all__ = [
    "ActionPlan",
    "ActionStep",
    "ApprovalRoute",
    "ApprovalSetting",
    "Authority",
    "BlankAnswer",
    "CarryCard",
    "Chapter",
    "ChapterImage",
    "ClaimState",
    "ClauseReference",
    "ComparisonSetting",
    "Contributor",
    "Decision",
    "DetailCheckItem",
    "DetailCheckResult",
    "DetailCheckSurvey",
    "EarlierEdition",
    "Edition",
    "EditionReading",
    "EditionSetting",
    "GlossaryTerm",
    "IssueJob",
    "Manual",
    "ManualMaterial",
    "MusterEstimate",
    "MusterPlace",
    "MusterRule",
    "OwnPlaceholder",
    "PageNumbering",
    "PlaceholderValue",
    "Plan",
    "PlanCopy",
    "PlanProfile",
    "Policy",
    "PostEventReport",
    "PostEventSystem",
    "Premise",
    "PrintChoices",
    "PrintJob",
    "PublicClaim",
    "PublicSetting",
    "QuickCheckItem",
    "QuickCheckResult",
    "QuickCheckSurvey",
    "ResponseRole",
    "ReturnRemark",
    "ReviewItem",
    "ReviewRecord",
    "Revision",
    "RoleDeputy",
    "ScopeReview",
    "StorageCopy",
    "Submission",
    "SubmittedContent",
    "WordImport",
    "WordTemplate",
]
