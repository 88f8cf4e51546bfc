"""Names every file of an edition by one rule: what it is, which edition, and the day it takes effect."""

from plans.editions.models.edition import Edition


def edition_file_name(edition: Edition, ending: str, *said: str) -> str:
    """Return e.g. ICT業務継続計画_第2版_20261215施行_公開版.xlsx; `said` follow the day."""
    day = f"{edition.effective_on:%Y%m%d}施行"
    return "_".join(("ICT業務継続計画", edition.label, day, *filter(None, said))) + f".{ending}"
