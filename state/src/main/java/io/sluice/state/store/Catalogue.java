package io.sluice.state.store;

import io.sluice.state.event.Attributes;
import io.sluice.state.event.Candidate;
import io.sluice.state.event.CatalogueEntry;
import io.sluice.state.event.RerankRequest;
import io.sluice.state.store.ServedCatalogue.AllKnown;
import io.sluice.state.store.ServedCatalogue.Known;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * Items and users: completes requests that name them by what is known of them.
 *
 * <p>What a request says itself wins, name by name. Completed attributes are what is scored and
 * what is logged, so a new item is known by its attributes from its first impression on.
 * Thread-safe.
 */
public final class Catalogue {

    private final ServedCatalogue items;
    private final ServedCatalogue users;
    private final int mostAttributes;

    /**
     * A catalogue.
     *
     * @param items what is known of items
     * @param users what is known of users
     * @param mostAttributes {@code limits.attributes}: where completing would exceed it, a request
     *     stays as it is, since its impression could not be used
     */
    public Catalogue(ServedCatalogue items, ServedCatalogue users, int mostAttributes) {
        this.items = items;
        this.users = users;
        this.mostAttributes = mostAttributes;
    }

    /** What is known of items. */
    public ServedCatalogue items() {
        return items;
    }

    /** What is known of users. */
    public ServedCatalogue users() {
        return users;
    }

    /**
     * The request with all that is known; the same one when nothing is.
     *
     * @throws java.io.UncheckedIOException when the store cannot be read
     */
    public RerankRequest complete(RerankRequest request) {
        Attributes context = ofUser(request.user(), request.context());
        List<Candidate> candidates = completed(request.items());
        if (context.equals(request.context()) && candidates == null) {
            return request;
        }
        return request.completed(context, candidates == null ? request.items() : candidates);
    }

    /** A user's attributes under those of the moment. */
    public Attributes ofUser(String user, Attributes context) {
        Lock lock = users.readLock();
        lock.lock();
        try {
            return user.isEmpty() ? context : under(users.find(user), context);
        } finally {
            lock.unlock();
        }
    }

    /** An item's attributes under those that were given. */
    public Attributes ofItem(String item, Attributes features) {
        Lock lock = items.readLock();
        lock.lock();
        try {
            return under(items.find(item), features);
        } finally {
            lock.unlock();
        }
    }

    /** The candidates with what is known of them; null when nothing is known of any. */
    private List<Candidate> completed(List<Candidate> candidates) {
        Candidate[] all = new Candidate[candidates.size()];
        boolean any = false;
        Lock lock = items.readLock();
        lock.lock();
        try {
            AllKnown found = items.find(candidates);
            for (int i = 0; i < all.length; i++) {
                Candidate given = candidates.get(i);
                Known known = found.get(i);
                any |= known != null;
                all[i] = known == null ? given : completed(given, known);
            }
        } finally {
            lock.unlock();
        }
        return any ? List.of(all) : null;
    }

    private Candidate completed(Candidate given, Known known) {
        if (given.features().size() == 0) {
            boolean fits = known.attributes() <= mostAttributes;
            return fits ? known.candidate() : given;
        }
        return new Candidate(given.id(), under(known.entry(), given.features()));
    }

    private Attributes under(CatalogueEntry entry, Attributes given) {
        if (entry == null) {
            return given;
        }
        Attributes all = given.over(entry.features());
        return all.size() > mostAttributes ? given : all;
    }
}
