"""The models of this room, one module a subject."""

from systems.models.alternate_sites import AltSiteAssessment
from systems.models.locations import EquipmentLocation
from systems.models.sites import Site
from systems.models.systems import SystemDependency, SystemItem
from systems.models.utilities import UtilityRisk
from systems.models.vendors import Vendor, VendorContract

__all__ = [
    "AltSiteAssessment",
    "EquipmentLocation",
    "Site",
    "SystemDependency",
    "SystemItem",
    "UtilityRisk",
    "Vendor",
    "VendorContract",
]
