# The train job on Flink's own image. Build from the repository's root, after `mvn -q package -DskipTests`:
#   docker build -f docker/flink.Dockerfile -t sluice-flink .
FROM flink:2.2.1-java17

# The thin jar: no Flink, no RocksDB, no logging in it; the image has them in lib/.
COPY jobs/target/sluice-job.jar /opt/flink/usrlib/sluice-job.jar
COPY config/flink/config.yaml /opt/flink/conf/config.yaml
