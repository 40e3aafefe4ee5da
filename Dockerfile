# An image of Meshcheck that needs no shell, no root and no file system that can be written but /data:
#   docker build -t meshcheck .
#   docker run --rm --read-only -v "$PWD:/data" -e TENSORMESH_INFERENCE_API_KEY meshcheck verify --host https://…
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=gcr.io/distroless/java17-debian12:nonroot

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true package \
  && mkdir /meshcheck \
  && tar -xzf suites/target/meshcheck-*.tar.gz -C /meshcheck --strip-components=1

FROM ${RUNTIME_IMAGE}
COPY --from=build /meshcheck /opt/meshcheck
# Reports go to /data/reports, and files that options name are looked for in /data.
WORKDIR /data
USER 65532:65532
# Java itself, so that signals reach it; what it would write to /tmp it does not need.
ENTRYPOINT ["/usr/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:MaxRAMPercentage=75", "-Xlog:disable", "-Dmeshcheck.command=meshcheck", "-cp", "/opt/meshcheck/app/*", "dev.meshcheck.suites.cli.Main"]
CMD ["--help"]
