"""The addresses of monitors, known without the program behind them."""

HEALTHZ, READYZ = "/healthz/", "/readyz/"
ADDRESSES = (HEALTHZ, READYZ)
