# The HTTP server, and the command line for everything else. Build from the repository's root, after
# `mvn -q package -DskipTests`:
#   docker build -f docker/server.Dockerfile -t sluice .
FROM eclipse-temurin:17-jre

RUN useradd --system --home-dir /var/lib/sluice --create-home sluice
COPY jobs/target/sluice.jar /opt/sluice/sluice.jar
USER sluice
WORKDIR /var/lib/sluice
VOLUME /var/lib/sluice
EXPOSE 8080

# Exec form: SIGTERM reaches the JVM, which drains before it ends.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "/opt/sluice/sluice.jar"]
CMD ["serve", "--config", "/etc/sluice/pipeline.yaml"]
