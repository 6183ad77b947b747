package io.sluice.operators.serde;

import io.sluice.state.event.Pin;
import io.sluice.state.event.Quota;
import io.sluice.state.event.RankRules;
import io.sluice.state.event.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the rules of a rerank request: {@code places} (item → place from 1), {@code quotas} (group
 * → least, most), {@code within}, {@code unseen}, {@code seen}. Not thread-safe.
 */
final class RulesReader {

    private static final int MOST_PLACE = 100_000;

    private List<Pin> places = List.of();
    private List<Quota> quotas = List.of();
    private int within;
    private boolean unseen;
    private List<String> seen = List.of();

    /** Reads the current field if it is a rule; false when it is not. */
    boolean read(JsonInput in) throws IOException, BadInputException {
        switch (in.name()) {
            case "places" -> places = readPlaces(in);
            case "quotas" -> quotas = readQuotas(in);
            case "within" -> within = in.isNull() ? 0 : (int) in.integer("within", 1, MOST_PLACE);
            case "unseen" -> unseen = in.flag("unseen");
            case "seen" -> seen = RerankJson.ids(in, "seen");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static List<Pin> readPlaces(JsonInput in) throws IOException, BadInputException {
        List<Pin> pins = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        if (!in.enterObject("places")) {
            return pins;
        }
        while (in.nextField()) {
            String item = named(in, pins.size());
            int place = (int) in.integer(item, 1, MOST_PLACE);
            if (!taken.add(place)) {
                throw in.fault(
                        Reason.OUT_OF_RANGE, item, "place " + place + " again", "each place once");
            }
            pins.add(new Pin(item, place));
        }
        return pins;
    }

    private static List<Quota> readQuotas(JsonInput in) throws IOException, BadInputException {
        List<Quota> quotas = new ArrayList<>();
        if (!in.enterObject("quotas")) {
            return quotas;
        }
        while (in.nextField()) {
            String group = named(in, quotas.size());
            if (!in.enterObject(group)) {
                continue;
            }
            int least = 0;
            int most = Integer.MAX_VALUE;
            while (in.nextField()) {
                switch (in.name()) {
                    case "least" ->
                            least = in.isNull() ? 0 : (int) in.integer("least", 0, MOST_PLACE);
                    case "most" ->
                            most = in.isNull() ? most : (int) in.integer("most", 0, MOST_PLACE);
                    default -> in.skipUnknown();
                }
            }
            if (most < least) {
                throw in.fault(
                        Reason.OUT_OF_RANGE,
                        group + ".most",
                        "the number " + most,
                        "at least 'least' (" + least + ")");
            }
            quotas.add(new Quota(group, least, most));
        }
        return quotas;
    }

    /** The name of the current field, which is somebody's id. */
    private static String named(JsonInput in, int before) throws IOException, BadInputException {
        String name = in.checkText(in.name(), in.name());
        if (name.isBlank()) {
            throw in.fault(Reason.MISSING_FIELD, "\"\"", "a blank name", "an id");
        }
        if (before == in.limits().slateItems()) {
            throw in.fault(
                    Reason.SLATE_TOO_LARGE,
                    name,
                    "more than " + before,
                    "at most " + before + " (limits.slateItems)");
        }
        return name;
    }

    RankRules rules() {
        boolean none =
                places.isEmpty() && quotas.isEmpty() && within == 0 && !unseen && seen.isEmpty();
        return none ? RankRules.NONE : new RankRules(places, quotas, within, unseen, seen);
    }
}
