package io.sluice.jobs.train;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records that nobody can use, of several kinds in turn. */
final class Malformed {

    private static final String TIME = "\"timestamp\":" + TestEvents.START;

    private Malformed() {}

    /** One kind of fault: the record and the reason it has to be given. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kind(String reason, byte[] value) {}

    private static final List<Kind> KINDS =
            List.of(
                    kind("NOT_JSON", "this is not JSON"),
                    kind("NOT_JSON", "{" + TIME + ",\"user\":\"u\",\"item\":\"i\",\"label\":1"),
                    kind("EMPTY", ""),
                    kind("MISSING_FIELD", "{" + TIME + ",\"user\":\"u\",\"label\":1}"),
                    kind("WRONG_TYPE", "{" + TIME + ",\"user\":\"u\",\"item\":[],\"label\":1}"),
                    kind(
                            "OUT_OF_RANGE",
                            "{" + TIME + ",\"user\":\"u\",\"item\":\"i\",\"label\":7}"),
                    // Years ahead: would close every window if it moved event time.
                    kind(
                            "BAD_TIMESTAMP",
                            "{\"timestamp\":4000000000000,\"user\":\"u\",\"item\":\"i\",\"label\":1}"),
                    new Kind("INVALID_UTF8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe}));

    private static Kind kind(String reason, String value) {
        return new Kind(reason, value.getBytes(StandardCharsets.UTF_8));
    }

    /** One in a thousand is too large, the first of them 10 MB; the others take turns. */
    private static Kind of(int number) {
        if (number % 1000 == 999) {
            byte[] large = new byte[number == 999 ? 10 << 20 : (1 << 20) + 1];
            Arrays.fill(large, (byte) ' ');
            return new Kind("TOO_LARGE", large);
        }
        return KINDS.get(number % KINDS.size());
    }

    static byte[] record(int number) {
        return of(number).value();
    }

    /** How many of each reason there are among the first {@code count}. */
    static Map<String, Long> reasons(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> of(number).reason())
                .collect(
                        Collectors.groupingBy(
                                reason -> reason, TreeMap::new, Collectors.counting()));
    }

    /** The lengths of the first {@code count} in bytes, sorted. */
    static List<Integer> lengths(int count) {
        return IntStream.range(0, count)
                .map(number -> of(number).value().length)
                .sorted()
                .boxed()
                .toList();
    }
}
