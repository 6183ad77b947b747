package io.sluice.operators.serde;

import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code items}: at least one, at most {@code limits.slateItems}, each id once. */
final class ItemsReader {

    /** Reads the fields of one item, and of nothing else. */
    interface ItemReader<T> {
        T read(JsonInput in, int index) throws IOException, BadInputException;
    }

    /** Room for the ids of common lists, so that it need not grow. */
    private static final int FEW = 256;

    private ItemsReader() {}

    /** The items; null when absent. */
    static <T> List<T> read(JsonInput in, ItemReader<T> reader, Function<T, String> id)
            throws IOException, BadInputException {
        if (!in.enterList("items")) {
            return null;
        }
        List<T> items = new ArrayList<>();
        Set<String> ids = new HashSet<>(FEW);
        while (in.nextElement()) {
            int index = items.size();
            in.at(index);
            if (index == in.limits().slateItems()) {
                throw in.fault(
                        Reason.SLATE_TOO_LARGE,
                        "items",
                        "more than " + index,
                        "at most " + index + " (limits.slateItems)");
            }
            if (!in.enterObject("items[]")) {
                throw in.wrongType("items[]", "an object");
            }
            T item = reader.read(in, index);
            if (!ids.add(id.apply(item))) {
                throw in.fault(
                        Reason.DUPLICATE_ITEM,
                        "items[].id",
                        "the text " + Excerpt.quoted(id.apply(item)) + " again",
                        "each item once");
            }
            items.add(item);
        }
        if (items.isEmpty()) {
            throw in.fault(Reason.MISSING_FIELD, "items", "an empty list", "at least one item");
        }
        return items;
    }
}
