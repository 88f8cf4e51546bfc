"""The models of this room, one module a subject."""

from systems.models.alternate_sites import AltSiteAssessment
from systems.models.backups import BackupItem
from systems.models.businesses import Business, BusinessImpact, BusinessSystemNeed
from systems.models.component_levels import ComponentAssessment, ComponentNote, TargetLevel
from systems.models.contacts import EmergencyContact
from systems.models.critical_businesses import CriticalBusiness
from systems.models.locations import EquipmentLocation
from systems.models.measure_steps import MeasureStep
from systems.models.measures import Measure, MeasureYear, OpenProblem
from systems.models.recovery_targets import RecoveryTarget
from systems.models.references import ReferenceDocument
from systems.models.resources import ResourceBreakdown, ResourceNeed
from systems.models.risk_narratives import RiskNarrative
from systems.models.scenarios import DamageAssumption, Scenario, SecondaryDisaster
from systems.models.sites import Site
from systems.models.systems import SystemDependency, SystemItem
from systems.models.threat_levels import ThreatLevel
from systems.models.utilities import UtilityRisk
from systems.models.vendors import Vendor, VendorContract

__all__ = [
    "AltSiteAssessment",
    "BackupItem",
    "Business",
    "BusinessImpact",
    "BusinessSystemNeed",
    "ComponentAssessment",
    "ComponentNote",
    "CriticalBusiness",
    "DamageAssumption",
    "EmergencyContact",
    "EquipmentLocation",
    "Measure",
    "MeasureStep",
    "MeasureYear",
    "OpenProblem",
    "RecoveryTarget",
    "ReferenceDocument",
    "ResourceBreakdown",
    "ResourceNeed",
    "RiskNarrative",
    "Scenario",
    "SecondaryDisaster",
    "Site",
    "SystemDependency",
    "SystemItem",
    "TargetLevel",
    "ThreatLevel",
    "UtilityRisk",
    "Vendor",
    "VendorContract",
]
