# One image for web, worker and migrations. Base and steps are plain Debian, so that
# scripts/try_image_steps.py can carry them out where no container engine runs.
FROM debian:bookworm-slim

ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

COPY scripts/packages-run.txt /tmp/packages.txt
RUN apt-get update \
    && xargs apt-get install -y --no-install-recommends python3 python3-venv postgresql-client < /tmp/packages.txt \
    && rm -rf /var/lib/apt/lists/* /tmp/packages.txt

# 10001: a number that no account of the host has.
RUN useradd --uid 10001 --user-group --home-dir /var/lib/bcp --no-create-home --shell /usr/sbin/nologin bcp \
    && install -d -m 700 -o bcp -g bcp /var/lib/bcp

WORKDIR /opt/bcp
COPY requirements.txt scripts/requirements-uv.txt ./
RUN python3 -m venv /opt/venv \
    && pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip install --python /opt/venv/bin/python --no-cache --compile-bytecode --require-hashes -r requirements.txt

COPY . .
# Files have the permissions of whoever fetched them, and the image's user must read them. Compiled
# here, because what a process compiles is not kept: each took half a second more to start.
RUN find . ! -perm -o=r -exec chmod a+rX {} + \
    && python -m compileall -q . \
    && BCP_SECRET_KEY=only-while-building-the-image-0123456789 python manage.py collectstatic --noinput

USER bcp
ENV BCP_DATA_DIR=/var/lib/bcp BCP_BIND=0.0.0.0:8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "scripts.check_health", "web"]
CMD ["gunicorn", "--config", "scripts/gunicorn_settings.py", "bcp_portal.wsgi"]
