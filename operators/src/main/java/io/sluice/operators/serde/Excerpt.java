package io.sluice.operators.serde;

/** Foreign text that is fit for a message: its beginning, on one line, whatever it holds. */
final class Excerpt {

    private static final int LENGTH = 80;

    private Excerpt() {}

    /** A text between quotes. */
    static String quoted(String text) {
        return '"' + of(text) + '"';
    }

    /** A text as it is. */
    static String of(String text) {
        StringBuilder out = new StringBuilder();
        int end = Math.min(text.length(), LENGTH);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return out.append(end < text.length() ? "…" : "").toString();
    }
}
