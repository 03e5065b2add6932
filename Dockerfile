# The Slack app: the pinned packages, then the program, run by a user who owns none of it.
FROM python:3.13-slim AS packages
COPY requirements.txt .
RUN python -m venv /packages \
    && /packages/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.13-slim
COPY --from=packages /packages /packages
COPY bot /app/bot
COPY knowledge /app/knowledge
COPY data /app/data
COPY manifest.json /app/manifest.json
RUN useradd --system --uid 10001 app && mkdir /state && chown app /state
WORKDIR /app
USER app
ENV PATH=/packages/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PORT=3000 \
    DATABASE_URL=sqlite:////state/mra-bot.sqlite3
VOLUME /state
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["slack", "--http"]
