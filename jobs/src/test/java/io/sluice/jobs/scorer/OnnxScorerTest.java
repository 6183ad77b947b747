package io.sluice.jobs.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RankedItem;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Candidates;
import io.sluice.state.rank.Deadline;
import io.sluice.state.rank.Exploration;
import io.sluice.state.rank.RankConfig;
import io.sluice.state.rank.Ranker;
import io.sluice.state.rank.RankerHead;
import io.sluice.state.rank.Ranking;
import io.sluice.state.rank.ScorerConfig;
import io.sluice.state.rank.ScorerFaultException.Fault;
import io.sluice.state.rank.ShortlistScorer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxScorerTest {

    private static final float[][] VECTORS = {{1, 0}, {0, 1}, {3, 1}, {2, 2}, {9, 9}};

    @TempDir private Path folder;

    @Test
    void theLastSurvivorsAreOrderedByTheModel() throws IOException {
        // Score: first dimension less second, whatever the log-odds.
        Ranking ranking = rank(Scorers.of(config(TinyOnnx.linear(0, 1, -1)), name -> null));

        assertThat(ids(ranking)).containsExactly("i2", "i0", "i3", "i1", "i4");
        assertThat(ranking.policy()).isEqualTo("sort, onnx");
        assertThat(ranking.fault()).isNull();
    }

    @Test
    void logOddsAreTheFirstOfARow() throws IOException {
        Ranking ranking = rank(Scorers.of(config(TinyOnnx.linear(-1, 0, 0)), name -> null));

        assertThat(ids(ranking)).containsExactly("i3", "i2", "i1", "i0", "i4");
    }

    @Test
    void aModelOfOtherRowsLeavesTheOrder() throws IOException {
        Ranking ranking = rank(Scorers.of(config(TinyOnnx.linear(1, 1)), name -> null));

        assertThat(ids(ranking)).containsExactly("i0", "i1", "i2", "i3", "i4");
        assertThat(ranking.fault()).isEqualTo(Fault.SCORER_FAILED);
    }

    @Test
    void whatIsNoModelIsSaidAtTheStart() throws IOException {
        ScorerConfig garbage = config("no model".getBytes(StandardCharsets.UTF_8));
        ScorerConfig away = config(folder.resolve("away.onnx"));

        assertThatThrownBy(() -> Scorers.of(garbage, name -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank.scorer.file must be an ONNX model, found ");
        assertThatThrownBy(() -> Scorers.of(away, name -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a file that can be read, found ");
    }

    @Test
    void withoutItsRuntimeTheErrorSaysWhichJarToAdd() throws Exception {
        ClassLoader without = new WithoutRuntime();
        Class<?> scorers = without.loadClass(Scorers.class.getName());
        var of = scorers.getMethod("of", ScorerConfig.class, UnaryOperator.class);
        UnaryOperator<String> environment = name -> null;
        ScorerConfig config = config(TinyOnnx.linear(0, 1, -1));

        assertThatThrownBy(() -> of.invoke(null, config, environment))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add the jar of com.microsoft.onnxruntime:onnxruntime:");
    }

    private ScorerConfig config(byte[] model) throws IOException {
        return config(Files.write(folder.resolve("tiny.onnx"), model));
    }

    private static ScorerConfig config(Path file) {
        return new ScorerConfig(
                ScorerConfig.Kind.ONNX,
                4,
                60_000,
                Optional.of(file.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static Ranking rank(ShortlistScorer scorer) {
        Ranker ranker =
                new Ranker(RankConfig.of(RankConfig.Policy.SORT), new Exploration(0, 1), 1, scorer);
        List<Candidate> items = new ArrayList<>();
        Candidates candidates = ranker.candidates();
        candidates.reset(VECTORS.length, 2);
        for (int i = 0; i < VECTORS.length; i++) {
            items.add(new Candidate("i" + i, Attributes.EMPTY));
            candidates.name(i, "i" + i);
            candidates.score(i, 0.9 - 0.1 * i);
            System.arraycopy(VECTORS[i], 0, candidates.vectors(), candidates.vectorAt(i), 2);
        }
        RerankRequest request =
                new RerankRequest(
                        "r", 0, "", Attributes.EMPTY, items, 0, false, List.of(), List.of(), 0);
        return ranker.rank(request, candidates, RankerHead.sort(2), Deadline.none());
    }

    private static List<String> ids(Ranking ranking) {
        return ranking.items().stream().map(RankedItem::id).toList();
    }

    /** Loads our scorers anew, and no ONNX Runtime. */
    private static final class WithoutRuntime extends ClassLoader {

        WithoutRuntime() {
            super(OnnxScorerTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("ai.onnxruntime.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.sluice.jobs.scorer.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
