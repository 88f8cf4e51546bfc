"""How gunicorn serves the portal, on a laptop and in service alike; numbers come from the environment."""

import os

bind = os.environ.get("BCP_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("BCP_WEB_WORKERS", "2"))
threads = int(os.environ.get("BCP_WEB_THREADS", "4"))
# Seconds. Imports, prints, editions and archives are done by the worker; what takes longest here is an
# Excel file of all 様式, reading a Word file, and the public page or its Excel file with the leak check.
timeout = 120
graceful_timeout = 20  # seconds that running requests get when the site is stopped
accesslog = os.environ.get("BCP_ACCESS_LOG") or None  # "-" writes it to standard output
loglevel = os.environ.get("BCP_LOG_LEVEL", "warning")
control_socket_disable = True  # nothing but signals steers the server
