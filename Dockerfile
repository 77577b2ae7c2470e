# Partyline itself; FreeSWITCH and drachtio-server run beside it, see compose.yaml.
# Alone it runs on the embedded switch:
#   docker run --init --network host -v partyline:/var/lib/partyline partyline
ARG NODE=node:24-bookworm-slim

FROM ${NODE} AS pages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && rm -r node_modules && find web-phone -mindepth 1 -maxdepth 1 ! -name dist -exec rm -r {} +

FROM ${NODE} AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No scripts: packages bring what they need built, and ffmpeg-static would download a program.
RUN npm ci --omit=dev --ignore-scripts

FROM ${NODE}
# For playing files other than WAV on the embedded switch: --build-arg PACKAGES=ffmpeg
ARG PACKAGES=
RUN if [ -n "${PACKAGES}" ]; then \
      apt-get update && \
      apt-get install -y --no-install-recommends ${PACKAGES} && \
      rm -rf /var/lib/apt/lists/*; \
    fi
# FreeSWITCH reads the prompts at the very path that Partyline names, so it is the same everywhere.
WORKDIR /opt/partyline
COPY --from=packages /build/node_modules node_modules
COPY --from=pages /build .
# The number is the user's everywhere: volumes and certificates are handed to it.
RUN groupadd --gid 8021 partyline && \
    useradd --uid 8021 --gid 8021 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin partyline && \
    install -d -m 0700 -o partyline -g partyline /var/lib/partyline && \
    install -d -m 2770 -o partyline -g partyline /var/lib/partyline-calls
USER partyline
ENV NODE_ENV=production \
    DATA_DIR=/var/lib/partyline
VOLUME /var/lib/partyline
EXPOSE 443 8080 5060/udp 5060/tcp
# Alive, not ready: without FreeSWITCH it is alive and says at /readyz what is missing.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "const { TLS_CERT, HTTP_HOST = '127.0.0.1', HTTP_PORT = 8080 } = process.env; const host = HTTP_HOST === '0.0.0.0' ? '127.0.0.1' : HTTP_HOST === '::' ? '::1' : HTTP_HOST; require(TLS_CERT ? 'https' : 'http').get({ host, port: HTTP_PORT, path: '/healthz', rejectUnauthorized: false }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--import", "tsx", "main.ts"]
