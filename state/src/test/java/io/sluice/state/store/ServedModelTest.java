package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.state.check.CorruptStateException;
import io.sluice.state.codec.PagePayloads;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import io.sluice.state.rank.Deadline;
import io.sluice.state.store.TrainedPages.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedModelTest {

    private final TrainedPages trainer = new TrainedPages(1);
    private final ServedModel model = open();

    @Test
    void aScoreEqualsThatOfTheLearnerBitForBit() throws IOException {
        for (int i = 0; i < 5; i++) {
            trainer.learn(300);
            trainer.publish();
        }
        fold(model, trainer.log);

        for (int i = 0; i < 200; i++) {
            RerankRequest request = trainer.anyRequest();
            assertThat(scores(model, request)).isEqualTo(trainer.expectedScores(request));
        }
    }

    @Test
    void nothingShowsBeforeTheManifestAndAllOfItBehind() throws IOException {
        trainer.learn(100);
        trainer.publish();
        fold(model, trainer.log);
        RerankRequest request = trainer.anyRequest();
        double[] before = scores(model, request);
        int published = trainer.log.size();
        trainer.learn(500);
        trainer.publish();
        List<Entry> second = trainer.log.subList(published, trainer.log.size());

        fold(model, second.subList(0, second.size() - 1));
        assertThat(scores(model, request)).isEqualTo(before);
        assertThat(model.manifest().examples()).isEqualTo(100);

        fold(model, second.subList(second.size() - 1, second.size()));
        assertThat(scores(model, request)).isEqualTo(trainer.expectedScores(request));
        assertThat(model.manifest().examples()).isEqualTo(600);
    }

    @Test
    void anEmptyViewScoresNothing() {
        ScoredRequest scored = model.score(trainer.anyRequest(), Deadline.none());

        assertThat(scored.manifest()).isNull();
        assertThat(scored.scores()).hasSize(20).containsOnly(Double.NaN);
        assertThat(model.position()).isNull();
    }

    @Test
    void aTombstoneRemovesItsRow() throws IOException {
        trainer.learn(100);
        trainer.publish();
        long rows = trainer.learner.model().rows();
        long some = firstRow(trainer.log);
        trainer.append(new Page(PageKind.ROW, some, new PageVersion(0, 0), null));
        trainer.learn(0);
        trainer.publish();

        fold(model, trainer.log);

        assertThat(model.figures().rows()).isEqualTo(rows - 1);
    }

    @Test
    void aReplacedRunNoLongerCounts() throws IOException {
        trainer.learn(100);
        trainer.publish();
        trainer.startRun(2);
        trainer.learn(100);
        trainer.publish();
        fold(model, trainer.log);
        String digest = model.digest();
        PageVersion old = new PageVersion(1, 1_000_000);
        Page stray = new Page(PageKind.ROW, firstRow(trainer.log), old, new byte[5 * 4]);
        trainer.append(stray);
        Page lastOfAll = trainer.log.get(trainer.log.size() - 2).page();
        trainer.append(new Page(PageKind.MANIFEST, 0, old, lastOfAll.payload()));

        fold(model, trainer.log);

        assertThat(model.digest()).isEqualTo(digest);
        assertThat(model.figures().leftOut()).isEqualTo(2);
    }

    @Test
    void aModelOfAnotherShapeReplacesTheOldOne() throws IOException {
        trainer.learn(500);
        trainer.publish();
        fold(model, trainer.log);
        trainer.startAnew(2, 6);
        trainer.learn(50);
        trainer.publish();

        fold(model, trainer.log);

        assertThat(model.figures().rows()).isEqualTo(trainer.learner.model().rows());
        RerankRequest request = trainer.anyRequest();
        assertThat(scores(model, request)).isEqualTo(trainer.expectedScores(request));
    }

    @Test
    void aTrainerThatStartsFromNothingReplacesTheModelWhateverItsEpoch() throws IOException {
        trainer.learn(500);
        trainer.publish();
        fold(model, trainer.log);
        trainer.startAnew(1, 4);
        trainer.learn(50);
        trainer.publish();

        fold(model, trainer.log);

        assertThat(model.manifest().examples()).isEqualTo(50);
        assertThat(model.figures().rows()).isEqualTo(trainer.learner.model().rows());
        RerankRequest request = trainer.anyRequest();
        assertThat(scores(model, request)).isEqualTo(trainer.expectedScores(request));
    }

    @Test
    void theDeadlineLeavesTheRestUnscored() throws IOException {
        trainer.learn(100);
        trainer.publish();
        fold(model, trainer.log);
        RerankRequest request = trainer.anyRequest();
        long[] clock = {0};

        double[] scores = model.score(request, Deadline.at(() -> clock[0]++, 5)).scores();

        double[] expected = trainer.expectedScores(request);
        Arrays.fill(expected, 5, expected.length, Double.NaN);
        assertThat(scores).isEqualTo(expected);
    }

    @Test
    void aManifestClosesNothingBeforeASchemaCame() throws IOException {
        trainer.learn(100);
        trainer.publish();
        List<Entry> withoutSchema = trainer.log.subList(1, trainer.log.size());
        fold(model, withoutSchema);
        assertThat(model.manifest()).isNull();
        int published = trainer.log.size();
        trainer.startRun(2);
        trainer.publish();

        fold(model, trainer.log.subList(published, trainer.log.size()));

        assertThat(model.manifest().version()).isEqualTo(new PageVersion(2, 100));
        assertThat(model.figures().rows()).isEqualTo(trainer.learner.model().rows());
    }

    @Test
    void aManifestOfAnotherSchemaThanThePublishedOneIsRefused() throws IOException {
        trainer.learn(100);
        trainer.publish();
        Entry last = trainer.log.remove(trainer.log.size() - 1);
        fold(model, trainer.log);
        Manifest real = PagePayloads.readManifest(last.page());
        byte[] other =
                PagePayloads.manifest(new Manifest(real.version(), 1, 1, 100, 4, 77, 1, 1, 1, ""));
        Page manifest = new Page(PageKind.MANIFEST, 0, real.version(), other);

        assertThatThrownBy(() -> model.apply(manifest, last.behind()))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageStartingWith("manifest 1.100: found feature schema 4d, expected ");
        assertThat(model.manifest()).isNull();
        assertThat(model.figures().refused()).isEqualTo(1);
    }

    @Test
    void aRowWithANumberThatIsNoneIsRefusedAndFoldingGoesOn() throws IOException {
        trainer.learn(100);
        trainer.publish();
        int last = trainer.log.size() - 1;
        fold(model, trainer.log.subList(0, last));
        Entry manifest = trainer.log.get(last);
        byte[] nan = new byte[5 * 4];
        nan[0] = 0x7f;
        nan[1] = (byte) 0xc0;
        Page bad = new Page(PageKind.ROW, 99, new PageVersion(1, 100), nan);

        assertThatThrownBy(() -> model.apply(bad, manifest.behind()))
                .isInstanceOf(CorruptStateException.class)
                .hasMessage("model state: a weight is NaN, expected a finite number");
        fold(model, List.of(manifest));

        assertThat(model.figures().rows()).isEqualTo(trainer.learner.model().rows());
    }

    @Test
    void aClosedViewAnswersAsAnEmptyOne() throws IOException {
        trainer.learn(10);
        trainer.publish();
        fold(model, trainer.log);

        model.close();

        assertThat(scores(model, trainer.anyRequest())).containsOnly(Double.NaN);
        assertThat(model.figures().rows()).isZero();
    }

    private static ServedModel open() {
        try {
            return new ServedModel(new HeapServedRows());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void fold(ServedModel model, List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            model.apply(entry.page(), entry.behind());
        }
    }

    static double[] scores(ServedModel model, RerankRequest request) {
        return model.score(request, Deadline.none()).scores();
    }

    static long firstRow(List<Entry> log) {
        return log.stream()
                .map(Entry::page)
                .filter(page -> page.kind() == PageKind.ROW)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
