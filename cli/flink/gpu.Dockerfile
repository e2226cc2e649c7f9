# The image of cli/flink/Dockerfile for TaskManagers with an NVIDIA GPU: Flink on a base with CUDA 12.8 and cuDNN 9, which
# ONNX Runtime's CUDA provider is built for. Build the jars with -Pgpu first, from the root of the repository:
#   ./mvnw -B -Pgpu -DskipTests package && docker compose --profile gpu build
ARG FLINK=flink:2.3.0-java17
ARG CUDA=nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04
FROM ${FLINK} AS flink

FROM ${CUDA}
COPY --from=flink /opt/java/ /opt/java/
COPY --from=flink /opt/flink/ /opt/flink/
COPY cli/target/job/lib/ /opt/flink/lib/
COPY cli/target/job/usrlib/ cli/target/parallax-cli-*.jar /opt/flink/usrlib/
COPY cli/flink/config.yaml cli/flink/log4j-console.properties /opt/parallax/flink/

RUN mkdir -p /var/lib/parallax && chown 9999:9999 /var/lib/parallax

ENV JAVA_HOME=/opt/java/openjdk \
    FLINK_HOME=/opt/flink \
    PATH=/opt/flink/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 \
    FLINK_CONF_DIR=/opt/parallax/flink \
    FLINK_LOG_DIR=/tmp \
    HOME=/tmp \
    PARALLAX_CACHE=/var/lib/parallax/cache \
    DJL_CACHE_DIR=/tmp/djl \
    MALLOC_ARENA_MAX=2
USER 9999:9999
WORKDIR /opt/flink
VOLUME /var/lib/parallax

ENTRYPOINT ["/bin/bash", "-c", "exec /opt/flink/bin/\"$0\" start-foreground \"$@\""]
CMD ["taskmanager.sh"]
