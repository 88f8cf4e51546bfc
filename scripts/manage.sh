#!/bin/sh
# Runs a command of manage.py as the account and with the settings of the services, for root;
# with -m MODULE a program of ours, as scripts.check_health.
set -eu
export BCP_ENVIRONMENT="${BCP_ENVIRONMENT:-/etc/bcp/bcp.env}"
cd "$(dirname "$0")/.."
exec runuser -u "${BCP_ACCOUNT:-bcp}" -- sh -c '
    set -a
    . "$BCP_ENVIRONMENT"
    [ "$1" = -m ] || set -- manage.py "$@"
    exec .venv/bin/python "$@"
' manage.sh "$@"
