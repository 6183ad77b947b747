package io.sluice.state.rank;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.RerankRequest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class RankerAllocationTest {

    private static final int DIMENSIONS = 16;
    private static final int WARM = 300;
    private static final int TAKEN = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aPoolAllocatesNothingInTheSteadyState() {
        for (Eliminator each :
                List.of(
                        new OneByOne(),
                        new LazyOneByOne(),
                        new Halving(0.5, 16, new OneByOne()),
                        new OneRound(true),
                        new OneRound(false))) {
            Random random = new Random(1);
            Candidates candidates = RandomPools.candidates(random, 300, DIMENSIONS, 5);
            RankerHead head = RandomPools.head(random, DIMENSIONS);
            Pool pool = new Pool();

            long bytes = least(() -> order(pool, candidates, head, each));

            assertThat(bytes).as(each.getClass().getSimpleName()).isZero();
        }
    }

    @Test
    void aReplyOfTenAllocatesTheSameForTenTimesAsManyCandidates() {
        for (RankConfig.Policy policy :
                List.of(
                        RankConfig.Policy.SORT,
                        RankConfig.Policy.ONE_SHOT,
                        RankConfig.Policy.ELIMINATION)) {
            long few = ofRanking(policy, 100);
            long many = ofRanking(policy, 1000);

            assertThat(many).as("%s", policy).isEqualTo(few);
        }
    }

    private long ofRanking(RankConfig.Policy policy, int n) {
        Random random = new Random(1);
        RankerHead head = RandomPools.head(random, DIMENSIONS);
        Ranker ranker = new Ranker(RankConfig.of(policy), new Exploration(0.1, 1), 1);
        List<Candidate> items = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            items.add(new Candidate("i" + i, Attributes.EMPTY));
        }
        RerankRequest request =
                new RerankRequest(
                        "r", 0, "", Attributes.EMPTY, items, 10, false, List.of(), List.of(), 0);
        Candidates candidates = RandomPools.candidates(random, n, DIMENSIONS, 5);
        Deadline none = Deadline.none();
        return least(() -> ranker.rank(request, candidates, head, none).items().size());
    }

    private static int order(Pool pool, Candidates candidates, RankerHead head, Eliminator by) {
        pool.begin(candidates, head);
        for (int i = 0; i < candidates.size(); i++) {
            pool.add(i, 0);
        }
        boolean done = by.run(pool, 1, Deadline.none());
        pool.settle(pool.nextRound());
        return done ? pool.falls().candidate(0) : -1;
    }

    /** Bytes of the run that allocated least, once everything has grown to its size. */
    private long least(IntSupplier run) {
        int sum = 0;
        for (int i = 0; i < WARM; i++) {
            sum += run.getAsInt();
        }
        long least = Long.MAX_VALUE;
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < TAKEN; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            sum += run.getAsInt();
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(sum).isNotEqualTo(Integer.MIN_VALUE); // used
        return least;
    }
}
