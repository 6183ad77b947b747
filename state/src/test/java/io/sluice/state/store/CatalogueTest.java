package io.sluice.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.rank.Deadline;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private final ServedCatalogue items = open(100);
    private final ServedCatalogue users = open(100);
    private final Catalogue catalogue = new Catalogue(items, users, 4);
    private long offset;

    private static ServedCatalogue open(int hot) {
        try {
            return new ServedCatalogue(new HeapRecords(), hot);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestThatCarriesOnlyIdsIsCompletedAndItsOwnAttributesWinByName() throws IOException {
        set(items, "i1", 1, bag("genre", "war", "year", "1994"));
        set(users, "u1", 1, bag("age", "35", "device", "phone"));

        RerankRequest completed =
                catalogue.complete(
                        request(
                                "u1",
                                bag("device", "desk"),
                                new Candidate("i1", bag("genre", "drama")),
                                new Candidate("i2", Attributes.EMPTY)));

        assertThat(completed.context()).isEqualTo(bag("age", "35", "device", "desk"));
        assertThat(completed.items())
                .containsExactly(
                        new Candidate("i1", bag("genre", "drama", "year", "1994")),
                        new Candidate("i2", Attributes.EMPTY));
    }

    @Test
    void aRequestOfStrangersStaysAsItIs() throws IOException {
        set(items, "other", 1, bag("genre", "war"));
        RerankRequest request =
                request("u1", Attributes.EMPTY, new Candidate("i1", bag("genre", "drama")));

        assertThat(catalogue.complete(request)).isSameAs(request);
    }

    @Test
    void anOlderEntryNeverReplacesANewerOneNotEvenWithinOneBatch() throws IOException {
        set(items, "i1", 20, bag("genre", "new"));
        set(items, "i1", 10, bag("genre", "old"));
        assertThat(items.find("i1").features()).isEqualTo(bag("genre", "new"));

        items.apply(0, new CatalogueEntry("i1", 40, bag("genre", "newest")), behind());
        items.apply(0, new CatalogueEntry("i1", 30, bag("genre", "late")), behind());
        items.commit();

        assertThat(items.find("i1").features()).isEqualTo(bag("genre", "newest"));
        assertThat(items.figures().leftOut()).isEqualTo(2);
    }

    @Test
    void aRemovedItemIsUnknownAndMayComeAgain() throws IOException {
        set(items, "i1", 20, bag("genre", "war"));

        items.remove(0, "i1", behind());
        items.commit();
        assertThat(items.find("i1")).isNull();

        set(items, "i1", 10, bag("genre", "again"));
        assertThat(items.find("i1").features()).isEqualTo(bag("genre", "again"));
    }

    @Test
    void whatDoesNotFitIntoMemoryIsFoundInTheStore() throws IOException {
        ServedCatalogue large = open(64);
        for (int i = 0; i < 1000; i++) {
            large.apply(0, new CatalogueEntry("i" + i, i, bag("n", "n" + i)), behind());
        }
        large.commit();

        for (int i = 0; i < 1000; i++) {
            assertThat(large.find("i" + i).features()).isEqualTo(bag("n", "n" + i));
        }
        assertThat(large.find("i1000")).isNull();
    }

    @Test
    void aRequestThatWouldOutgrowTheLimitStaysAsItIs() throws IOException {
        set(items, "i1", 1, bag("a", "1", "b", "2", "c", "3"));
        Attributes own = bag("d", "4", "e", "5");

        assertThat(catalogue.ofItem("i1", own)).isEqualTo(own);
    }

    @Test
    void aColdItemIsScoredByItsAttributesFromItsFirstRequestOn() throws IOException {
        TrainedPages trainer = new TrainedPages(1);
        trainer.learn(2000);
        trainer.publish();
        set(items, "brand-new", 1, bag("genre", "g1", "genre", "g4"));
        try (ServedModel model = new ServedModel(new HeapServedRows())) {
            ServedModelTest.fold(model, trainer.log);
            RerankRequest request =
                    request("u1", Attributes.EMPTY, new Candidate("brand-new", Attributes.EMPTY));

            double plain = model.score(request, Deadline.none()).scores()[0];
            RerankRequest completed = catalogue.complete(request);
            double known = model.score(completed, Deadline.none()).scores()[0];

            assertThat(known).isNotEqualTo(plain);
            assertThat(known).isEqualTo(trainer.expectedScores(completed)[0]);
        }
    }

    private void set(ServedCatalogue in, String id, long time, Attributes features)
            throws IOException {
        in.apply(0, new CatalogueEntry(id, time, features), behind());
        in.commit();
    }

    private StreamPosition behind() {
        return new StreamPosition("topic", ++offset);
    }

    private static RerankRequest request(String user, Attributes context, Candidate... items) {
        return TrainedPages.request("r", user, context, List.of(items));
    }

    private static Attributes bag(String... namesAndTexts) {
        Attributes.Builder bag = Attributes.builder();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            bag.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return bag.build();
    }
}
