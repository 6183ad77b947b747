package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.state.check.InvalidValueException;
import io.sluice.state.sparse.MemoryBudget;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes with its unit, {@code 64MiB}, or {@code none}. */
final class MemoryForm implements Form<MemoryBudget> {

    private static final String NONE = "none";
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB|TiB)");

    @Override
    public MemoryBudget read(JsonNode node, String path, Problems problems) {
        String text = node.isTextual() ? node.textValue() : "";
        if (text.equals(NONE)) {
            return MemoryBudget.NONE;
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            String remedy = node.isNumber() ? "write the unit: " + node.asText() + "B" : "";
            problems.add(path, Nodes.describe(node), "a size as 64MiB, or none", remedy);
            return null;
        }
        try {
            return MemoryBudget.of(bytes(Long.parseLong(size.group(1)), size.group(2)));
        } catch (InvalidValueException | ArithmeticException e) {
            problems.add(path, Nodes.describe(node), "within 64KiB and 256GiB", "");
            return null;
        }
    }

    private static long bytes(long number, String unit) {
        long bytes = number;
        for (String smaller : UNITS) {
            if (smaller.equals(unit)) {
                return bytes;
            }
            bytes = Math.multiplyExact(bytes, 1024L);
        }
        throw new IllegalStateException("no unit " + unit);
    }

    @Override
    public JsonNode write(MemoryBudget budget) {
        if (!budget.isLimited()) {
            return JsonNodeFactory.instance.textNode(NONE);
        }
        long number = budget.bytes();
        int unit = 0;
        while (number % 1024 == 0 && unit < UNITS.length - 1) {
            number /= 1024;
            unit++;
        }
        return JsonNodeFactory.instance.textNode(number + UNITS[unit]);
    }
}
