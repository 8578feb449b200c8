# The service in a container: no compiler, no package manager's leftovers, no root; state lives in /var/lib/ieum.
# BASE may name the same image by digest or in a mirror: docker build --build-arg BASE=… .
ARG BASE=python:3.11-slim

FROM ${BASE} AS packages
COPY requirements.lock requirements-dev.lock /tmp/
# The one package that is built from source finds its build backend in the lock as well, not on an index.
RUN python -m venv /opt/ieum \
 && sed -n '/^setuptools==/,/[^\\]$/p' /tmp/requirements-dev.lock > /tmp/build.txt \
 && /opt/ieum/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement /tmp/build.txt \
 && /opt/ieum/bin/python -m pip install --no-cache-dir --disable-pip-version-check --progress-bar off \
      --no-build-isolation --require-hashes --requirement /tmp/requirements.lock \
 && /opt/ieum/bin/python -m pip uninstall --yes --quiet pip setuptools \
 && printf '#!/opt/ieum/bin/python\nfrom service.cli import main\nmain()\n' > /opt/ieum/bin/ieum \
 && printf '#!/opt/ieum/bin/python\nfrom training.cli import main\nmain()\n' > /opt/ieum/bin/ieum-train \
 && chmod 755 /opt/ieum/bin/ieum /opt/ieum/bin/ieum-train

FROM ${BASE}
COPY --from=packages /opt/ieum /opt/ieum
COPY model /srv/ieum/model
COPY training /srv/ieum/training
COPY service /srv/ieum/service
COPY data /srv/ieum/data
COPY LICENSE NOTICE /srv/ieum/
WORKDIR /srv/ieum
ENV PATH=/opt/ieum/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/srv/ieum \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8 \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp \
    IEUM_HOME=/var/lib/ieum \
    IEUM_HOST=0.0.0.0 \
    IEUM_PORT=8000
# Without a database of its own the image answers from the bundled programs and the invented sample startups.
RUN python -m compileall -q /srv/ieum \
 && useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin ieum \
 && ieum migrate \
 && ieum import data/programs data/sample \
 && ieum snapshot /tmp/snapshot \
 && ieum-train fit --snapshot /tmp/snapshot --out /var/lib/ieum/artifacts \
 && rm -rf /tmp/* \
 && chown -R 10001:10001 /var/lib/ieum
USER 10001:10001
VOLUME /var/lib/ieum
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"IEUM_PORT\"]}/readyz', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["ieum", "serve"]
