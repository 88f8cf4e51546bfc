"""How gunicorn serves the portal, on a laptop and in service alike; numbers come from the environment."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.serving import settings_or_exit, threads_or_exit, whole_number_or_exit

# Reading the settings here lets a wrong one be said in a sentence, before any process is started,
# and gives gunicorn's own lines the time zone of the portal's.
portal = settings_or_exit()
bind = os.environ.get("BCP_BIND", "127.0.0.1:8000")
workers = whole_number_or_exit("BCP_WEB_WORKERS", 2)
worker_class = "scripts.monitored_worker.MonitoredWorker"
threads = threads_or_exit(portal, whole_number_or_exit("BCP_WEB_THREADS", 4))
# Seconds after which a process whose loop shows no sign of life is ended; a long request is no reason.
timeout = 120
graceful_timeout = 20  # seconds that running requests get when the site is stopped
accesslog = os.environ.get("BCP_ACCESS_LOG") or None  # "-" writes it to standard output
loglevel = os.environ.get("BCP_LOG_LEVEL", "warning")
control_socket_disable = True  # nothing but signals steers the server
