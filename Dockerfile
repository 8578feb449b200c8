# The service in a container: no compiler, no package manager, no root; only /var/lib/ieum and /tmp are written.
# BASE may name the same image by digest or in a mirror: docker build --build-arg BASE=… .
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
COPY requirements.lock requirements-dev.lock /tmp/
# Packages that come as source, and the project itself, find their build backend in the lock, not on an index.
RUN python -m venv /opt/ieum \
 && sed -n '/^setuptools==/,/[^\\]$/p' /tmp/requirements-dev.lock > /tmp/build.txt \
 && /opt/ieum/bin/python -m pip install --no-cache-dir --disable-pip-version-check --progress-bar off \
      --require-hashes --requirement /tmp/build.txt \
 && /opt/ieum/bin/python -m pip install --no-cache-dir --disable-pip-version-check --progress-bar off \
      --no-build-isolation --require-hashes --requirement /tmp/requirements.lock
WORKDIR /srv/ieum
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY model model
COPY training training
COPY service service
COPY data data
RUN /opt/ieum/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable . \
 && /opt/ieum/bin/python -m pip uninstall --yes --quiet setuptools pip
# Without a database of its own the image answers from the bundled programs and the invented sample startups.
ENV IEUM_HOME=/var/lib/ieum
RUN /opt/ieum/bin/ieum migrate \
 && /opt/ieum/bin/ieum import data/programs data/sample \
 && /opt/ieum/bin/ieum snapshot /tmp/snapshot \
 && /opt/ieum/bin/ieum-train fit --snapshot /tmp/snapshot --out /var/lib/ieum/artifacts \
 && /opt/ieum/bin/ieum activate newest --reason "the image's own" \
 && rm -rf /var/lib/ieum/artifacts/.cache
# The root is read-only when it runs, so what is not compiled by now would be compiled anew at each start.
RUN /opt/ieum/bin/python -m compileall -q model training service

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin ieum \
 && python -m compileall -q -x '/(site-packages|tests?)/' "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"
COPY --from=build /opt/ieum /opt/ieum
COPY --from=build /srv/ieum /srv/ieum
COPY --from=build --chown=10001:10001 /var/lib/ieum /var/lib/ieum
WORKDIR /srv/ieum
ENV PATH=/opt/ieum/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8 \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp \
    IEUM_HOME=/var/lib/ieum \
    IEUM_HOST=0.0.0.0 \
    IEUM_PORT=8000
USER 10001:10001
VOLUME /var/lib/ieum
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["ieum-health"]
STOPSIGNAL SIGTERM
CMD ["ieum", "serve"]
