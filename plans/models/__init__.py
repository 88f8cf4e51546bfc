"""The models of this room, one module a subject."""

from plans.models.actions import ActionPlan, ActionStep
from plans.models.blank_answers import BlankAnswer
from plans.models.carry_cards import CarryCard
from plans.models.chapters import Chapter
from plans.models.comparison_settings import ComparisonSetting
from plans.models.copies import PlanCopy
from plans.models.detail_checks import DetailCheckItem, DetailCheckResult, DetailCheckSurvey
from plans.models.earlier_editions import EarlierEdition
from plans.models.edition_readings import EditionReading
from plans.models.edition_settings import EditionSetting, PageNumbering
from plans.models.editions import Edition
from plans.models.event_reports import PostEventReport, PostEventSystem
from plans.models.glossary import GlossaryTerm
from plans.models.images import ChapterImage
from plans.models.issue_jobs import IssueJob
from plans.models.manuals import Manual, ManualMaterial
from plans.models.muster import MusterEstimate, MusterPlace, MusterRule
from plans.models.organisation import Authority, ResponseRole, RoleDeputy
from plans.models.placeholders import OwnPlaceholder, PlaceholderValue
from plans.models.plan import Plan, PlanProfile
from plans.models.policies import ClauseReference, Policy, Premise
from plans.models.print_jobs import PrintChoices, PrintJob
from plans.models.public_claims import ClaimState, PublicClaim
from plans.models.public_settings import PublicSetting
from plans.models.quick_checks import QuickCheckItem, QuickCheckResult, QuickCheckSurvey
from plans.models.reviews import ReviewItem, ReviewRecord
from plans.models.revisions import (
    Contributor,
    Decision,
    ReturnRemark,
    Revision,
    Submission,
    SubmittedContent,
)
from plans.models.routes import ApprovalRoute, ApprovalSetting
from plans.models.scope_reviews import ScopeReview
from plans.models.storage import StorageCopy
from plans.models.word_imports import WordImport
from plans.models.word_templates import WordTemplate

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
