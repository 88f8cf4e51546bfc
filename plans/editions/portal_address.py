"""Says before an edition is issued that it will have no QR code, which cannot be added later."""

from django.conf import settings

NO_QR_CODE = (
    "このシステムのアドレス（設定BCP_SITE_URL）が決まっていないため、発行する版にQRコードは印刷されません"
    "（照会番号は印刷されます）。必要なときは、版を発行する前に、システムの担当者に設定を依頼してください。"
)


def no_qr_code() -> str:
    """Return the sentence while the address of the portal is not set, "" when QR codes print."""
    return "" if settings.SITE_URL else NO_QR_CODE
