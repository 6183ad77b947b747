package io.sluice.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.config.ConfigLoader;
import io.sluice.jobs.config.SluiceConfig;
import io.sluice.jobs.connect.Backlog;
import io.sluice.jobs.features.FeatureJob;
import io.sluice.jobs.rerank.RerankJob;
import io.sluice.jobs.train.TrainingJob;
import io.sluice.operators.OperatorUids;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTopologyTest {

    private static final String STREAMING =
            "[{name: together, kind: together, scope: [item]},"
                    + " {name: seen, kind: count, scope: [user], of: interactions}]";

    @ParameterizedTest
    @EnumSource(Job.class)
    void everyOperatorHasItsUidFromTheList(Job job) {
        Set<String> declared = declaredUids();

        for (StreamNode node : graph(job).getStreamNodes()) {
            String uid = node.getTransformationUID();

            assertThat(uid).as("uid of '%s'", node.getOperatorName()).isNotNull();
            // A sink is a writer and a committer; Flink names the latter after the former.
            assertThat(declared).anyMatch(known -> uid.equals(known) || uid.endsWith(known));
        }
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void noTwoOperatorsShareAUid(Job job) {
        List<String> uids =
                graph(job).getStreamNodes().stream().map(StreamNode::getTransformationUID).toList();

        assertThat(uids).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void noTypeFallsToKryo(Job job) {
        for (StreamNode node : graph(job).getStreamNodes()) {
            for (TypeSerializer<?> in : node.getTypeSerializersIn()) {
                assertThat(in).as(node.getOperatorName()).isNotInstanceOf(KryoSerializer.class);
            }
            assertThat(node.getTypeSerializerOut())
                    .as(node.getOperatorName())
                    .isNotInstanceOf(KryoSerializer.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Job.class,
            names = {"FEATURES", "RERANK"},
            mode = EnumSource.Mode.EXCLUDE)
    void theLearnerIsOneAndWhatStandsBeforeItIsParallel(Job job) {
        StreamGraph graph = graph(job);
        StreamNode learner = node(graph, OperatorUids.LEARN);

        assertThat(learner.getParallelism()).isEqualTo(1);
        for (StreamEdge edge : learner.getInEdges()) {
            assertThat(graph.getStreamNode(edge.getSourceId()).getParallelism()).isEqualTo(3);
        }
    }

    private static StreamNode node(StreamGraph graph, String uid) {
        return graph.getStreamNodes().stream()
                .filter(node -> uid.equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
    }

    /** Jobs that have different graphs. */
    private enum Job {
        /** Learns from impressions. */
        IMPRESSIONS("impressions", "[]"),
        /** Learns from interactions. */
        INTERACTIONS("interactions", "[]"),
        /** Learns from impressions, with features that need every part of the graph. */
        STREAMING_IMPRESSIONS("impressions", STREAMING),
        /** Learns from interactions, with streaming features. */
        STREAMING_INTERACTIONS("interactions", STREAMING),
        /** Publishes streaming features. */
        FEATURES("impressions", STREAMING),
        /** Answers requests. */
        RERANK("impressions", "[]");

        private final String source;
        private final String streaming;

        Job(String source, String streaming) {
            this.source = source;
            this.streaming = streaming;
        }
    }

    private static StreamGraph graph(Job job) {
        SluiceConfig config =
                new ConfigLoader()
                        .set("examples.source=" + job.source)
                        .set("streaming=" + job.streaming)
                        .set("train.parallelism=3")
                        .load();
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(new Configuration());
        if (job == Job.RERANK) {
            RerankJob.define(environment, config);
        } else if (job == Job.FEATURES) {
            FeatureJob.define(environment, config, TrainingJob.Mode.UNBOUNDED, Backlog.NONE);
        } else {
            TrainingJob.define(environment, config, TrainingJob.Mode.UNBOUNDED, Backlog.NONE);
        }
        return environment.getStreamGraph();
    }

    private static Set<String> declaredUids() {
        Set<String> uids = new HashSet<>();
        Arrays.stream(OperatorUids.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .forEach(field -> uids.add(value(field)));
        return uids;
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
