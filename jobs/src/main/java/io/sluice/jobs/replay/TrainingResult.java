package io.sluice.jobs.replay;

import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.ModelTopic;
import io.sluice.operators.serde.BadInputException;
import io.sluice.operators.serde.DriftJson;
import io.sluice.operators.serde.ScoreJson;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.drift.DriftAlarm;
import io.sluice.state.learner.Scored;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.PageKind;
import io.sluice.state.store.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a training job left on its topics. */
final class TrainingResult {

    private final SluiceConfig config;

    TrainingResult(SluiceConfig config) {
        this.config = config;
    }

    /**
     * Hands out all judged predictions in the order of learning.
     *
     * @throws IOException when one is missing or there twice
     */
    void scores(Consumer<Scored> out) throws IOException {
        long[] next = {0};
        new TopicReader(config.kafka(), config.topics().scores())
                .read(record -> read(record, scored -> out.accept(inTurn(scored, next))));
    }

    private static void read(ConsumerRecord<byte[], byte[]> record, Consumer<Scored> examples)
            throws IOException {
        try {
            ScoreJson.read(record.value(), window -> {}, examples);
        } catch (BadInputException e) {
            throw new IOException("the scores topic can't be read back", e);
        }
    }

    /** Hands out the alarms of drift by the number of their example, repeated ones once. */
    void alarms(Consumer<DriftAlarm> out) throws IOException {
        Set<DriftAlarm> alarms = new LinkedHashSet<>();
        new TopicReader(config.kafka(), config.topics().drift())
                .read(record -> alarms.add(readAlarm(record)));
        alarms.stream()
                .sorted(
                        Comparator.comparingLong(DriftAlarm::sequence)
                                .thenComparing(alarm -> alarm.change().field())
                                .thenComparingLong(alarm -> alarm.change().key()))
                .forEach(out);
    }

    private static DriftAlarm readAlarm(ConsumerRecord<byte[], byte[]> record) throws IOException {
        try {
            return DriftJson.read(record.value());
        } catch (BadInputException e) {
            throw new IOException("the drift topic can't be read back", e);
        }
    }

    private static Scored inTurn(Scored scored, long[] next) {
        if (scored.sequence() != next[0]) {
            throw new IllegalStateException(
                    "scores must follow one another, found example %d where %d was expected: one was lost or doubled"
                            .formatted(scored.sequence(), next[0]));
        }
        next[0]++;
        return scored;
    }

    /** Writes the newest publication into a file. */
    void keepModel(Path file) throws IOException {
        ModelFile.write(file, new ModelTopic(config.kafka(), config.topics().model()).newest());
    }

    /** The newest manifest; null before the first publication. */
    Manifest manifest() throws IOException {
        Manifest[] newest = {null};
        new ModelTopic(config.kafka(), config.topics().model())
                .read(
                        (page, bytes) -> {
                            if (page.kind() == PageKind.MANIFEST) {
                                newest[0] = PagePayloads.readManifest(page);
                            }
                        });
        return newest[0];
    }

    /** How many records the job set aside, by reason. */
    Map<String, Long> deadLetters() throws IOException {
        Map<String, Long> byReason = new TreeMap<>();
        new TopicReader(config.kafka(), config.topics().deadLetters())
                .read(
                        record -> {
                            Header reason = record.headers().lastHeader("reason");
                            byReason.merge(
                                    new String(reason.value(), StandardCharsets.UTF_8),
                                    1L,
                                    Long::sum);
                        });
        return byReason;
    }
}
