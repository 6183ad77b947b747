package io.sluice.jobs.drift;

import io.sluice.state.kernel.Activations;
import io.sluice.state.kernel.Hashing;

/**
 * The events of one stream, in order of time; the same kind, length and seed give the same events.
 *
 * <p>Users and items come by Zipf's law with exponent {@value #SKEW}, items independently of how
 * good they are; events follow one another after {@value #GAP_MS} ms on average. Not thread-safe.
 */
final class DriftStream {

    /** The user who clicks on one item whatever it is; no user of the population. */
    static final String ATTACKER = "attacker";

    /** The longest a label of {@link DriftKind#DELAY} takes: the default window of a click. */
    static final long LONGEST_DELAY_MS = 600_000;

    private static final double SKEW = 0.8;
    private static final long GAP_MS = 20;
    private static final long START_MS = 1_700_000_000_000L;
    private static final double MEAN_DELAY_MS = 100_000;

    /** The segment that changes where only one does. */
    private static final int CHANGING_SEGMENT = 0;

    /** One event in so many is the attacker's while the attack lasts. */
    private static final int ATTACK_EVERY = 20;

    /** The attacked item: known, but far from the most popular. */
    private static final int TARGET = 60;

    private final DriftKind kind;
    private final long events;
    private final Population people;
    private final Tastes before;
    private final Tastes after;
    private final Popularity users = new Popularity(Population.USERS, SKEW);
    private final Popularity items = new Popularity(Population.ITEMS, SKEW);
    private final Popularity newItems = new Popularity(Population.NEW_ITEMS, SKEW);
    private final Dice dice;
    private final double targetShare;
    private long next;
    private double time = START_MS;

    DriftStream(DriftKind kind, long events, long seed) {
        this.kind = kind;
        this.events = events;
        Dice ofWorld = new Dice(Hashing.number(seed, 1));
        people = new Population(ofWorld);
        before = Tastes.draw(ofWorld);
        after = before.changed(ofWorld);
        dice = new Dice(Hashing.number(seed, 2));
        targetShare = StrictMath.pow(TARGET + 1.0, -SKEW) / total(Population.ITEMS);
    }

    private static double total(int n) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += StrictMath.pow(i, -SKEW);
        }
        return sum;
    }

    Population people() {
        return people;
    }

    /** The next event; null behind the last one. */
    DriftEvent next() {
        if (next == events) {
            return null;
        }
        long i = next++;
        time += GAP_MS * dice.exponential();
        // Drawn whatever becomes of them, so that kinds of one seed differ in their drift alone.
        int user = users.of(dice.unit());
        double ofItem = dice.unit();
        int device = dice.below(Population.DEVICES);
        double ofLabel = dice.unit();
        double ofDelay = dice.unit();
        int phase = kind.phase(i, events);
        if (kind == DriftKind.ATTACK && phase == 1 && i % ATTACK_EVERY == 0) {
            return attack(phase, device);
        }
        int item =
                kind == DriftKind.NEW_ITEMS && phase == 1 && i % 2 == 0
                        ? Population.ITEMS + newItems.of(ofItem)
                        : items.of(ofItem);
        double truth = truth(i, user, device, item);
        return new DriftEvent(
                (long) time,
                Population.userId(user),
                Population.itemId(item),
                device(device),
                ofLabel < truth ? 1 : 0,
                truth,
                stale(i, user, device, item, truth),
                phase,
                delay(ofDelay));
    }

    private DriftEvent attack(int phase, int device) {
        return new DriftEvent(
                (long) time,
                ATTACKER,
                Population.itemId(TARGET),
                device(device),
                1,
                1,
                1,
                phase,
                0);
    }

    private static String device(int device) {
        return "d" + device;
    }

    private double truth(long i, int user, int device, int item) {
        return probability(kind.share(i, events), user, device, item);
    }

    private double probability(double share, int user, int device, int item) {
        double old = before.logit(people, user, device, item);
        if (kind == DriftKind.SEGMENT && people.segment(user) != CHANGING_SEGMENT) {
            return Activations.sigmoid(old);
        }
        double recent = after.logit(people, user, device, item);
        return Activations.sigmoid((1 - share) * old + share * recent);
    }

    private double stale(long i, int user, int device, int item, double truth) {
        if (kind == DriftKind.NEW_ITEMS) {
            return item < Population.ITEMS
                    ? truth
                    : Activations.sigmoid(before.ofOthers(people, user, device, item));
        }
        if (kind == DriftKind.ATTACK) {
            return item == TARGET && kind.phase(i, events) > 0 ? fooled(truth) : truth;
        }
        return probability(kind.staleShare(i, events), user, device, item);
    }

    /** The label rate of the target to somebody who takes the attacker for one of the users. */
    private double fooled(double truth) {
        double attacks = 1.0 / ATTACK_EVERY;
        double honest = (1 - attacks) * targetShare;
        return (attacks + honest * truth) / (attacks + honest);
    }

    /** Exponential, cut off at {@link #LONGEST_DELAY_MS} by drawing from what is below it. */
    private static long delay(double unit) {
        double below = 1 - StrictMath.exp(-LONGEST_DELAY_MS / MEAN_DELAY_MS);
        return (long) (-MEAN_DELAY_MS * StrictMath.log(1 - unit * below));
    }
}
