# Stage 1 builds the pages' assets and fetches the engine library, stage 2 the program, stage 3 runs it.
FROM node:20-bookworm-slim AS assets
WORKDIR /src/engine
COPY internal/tools/engine/package.json internal/tools/engine/package-lock.json ./
RUN npm ci --no-audit --no-fund
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/web/static/dist web/static/dist
RUN CGO_ENABLED=0 go build -trimpath -o /mirsad ./cmd/mirsad

FROM debian:bookworm-slim
RUN useradd --system --create-home --uid 10001 mirsad && mkdir /data && chown mirsad /data
COPY --from=assets /src/engine/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so /usr/local/lib/mirsad/libchdb.so
COPY --from=program /mirsad /usr/local/bin/mirsad
USER mirsad
ENV MIRSAD_ENGINE_LIBRARY=/usr/local/lib/mirsad/libchdb.so \
    MIRSAD_DATA_DIR=/data \
    MIRSAD_LISTEN=0.0.0.0:8080 \
    MIRSAD_METRICS_LISTEN=0.0.0.0:9090
VOLUME /data
EXPOSE 8080 9090
ENTRYPOINT ["mirsad"]
CMD ["serve"]
