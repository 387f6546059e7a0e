# Two stages: the first installs the package with all it needs, the second runs it and holds nothing else.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /source
COPY pyproject.toml hatch_build.py package.json package-lock.json .npmrc README.md NOTICE ./
COPY app app
COPY engine engine
COPY static static
COPY templates templates
RUN python -m venv /opt/backprop-explorer \
    && /opt/backprop-explorer/bin/pip install --no-cache-dir --disable-pip-version-check '.[cluster]'

FROM ${BASE}
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin explorer \
    && install --directory --owner=explorer --group=explorer /data
COPY --from=build /opt/backprop-explorer /opt/backprop-explorer
ENV PATH=/opt/backprop-explorer/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    BACKPROP_EXPLORER_HOST=0.0.0.0 \
    BACKPROP_EXPLORER_PORT=8000 \
    BACKPROP_EXPLORER_DATA_DIR=/data \
    BACKPROP_EXPLORER_NO_BROWSER=true
USER explorer
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["python", "-c", \
    "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/api/health', timeout=2).read()"]
ENTRYPOINT ["backprop-explorer"]
