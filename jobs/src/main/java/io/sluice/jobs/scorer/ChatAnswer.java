package io.sluice.jobs.scorer;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which candidate a language model has named, whatever it wrote around it.
 *
 * <p>What stands in the last {@code <answer>} counts, else the last line; what a model thought
 * aloud ({@code </think>}) is left out. There the whole name is looked for, then a number of the
 * list, then the one name that occurs. Deviation from IRanker: where it takes the nearest name by
 * TF-IDF, this is no answer.
 */
final class ChatAnswer {

    private static final Pattern ANSWER =
            Pattern.compile("<answer>(.*?)</answer>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\s*#?(\\d{1,3})\\s*[.)]?\\s*");
    private static final String THOUGHT = "</think>";

    private ChatAnswer() {}

    /** The index of the name; −1 when none is named, or several. */
    static int index(String content, List<String> names) {
        String said = content.substring(Math.max(0, content.lastIndexOf(THOUGHT)));
        String answer = lastLine(said.replace(THOUGHT, ""));
        Matcher tagged = ANSWER.matcher(said);
        while (tagged.find()) {
            answer = tagged.group(1);
        }
        String plain = plain(answer);
        for (int i = 0; i < names.size(); i++) {
            if (plain.equals(plain(names.get(i)))) {
                return i;
            }
        }
        Matcher number = NUMBER.matcher(answer);
        if (number.matches()) {
            int place = Integer.parseInt(number.group(1));
            return place >= 1 && place <= names.size() ? place - 1 : -1;
        }
        return onlyOneIn(' ' + plain + ' ', names);
    }

    /** Of names that lie within each other the longest counts. */
    private static int onlyOneIn(String text, List<String> names) {
        String rest = text;
        int found = -1;
        while (true) {
            int longest = -1;
            for (int i = 0; i < names.size(); i++) {
                String name = plain(names.get(i));
                boolean longer = longest < 0 || name.length() > plain(names.get(longest)).length();
                if (!name.isEmpty() && longer && rest.contains(' ' + name + ' ')) {
                    longest = i;
                }
            }
            if (longest < 0) {
                return found;
            }
            if (found >= 0) {
                return -1;
            }
            found = longest;
            rest = rest.replace(' ' + plain(names.get(longest)) + ' ', " | ");
        }
    }

    private static String lastLine(String text) {
        String[] lines = text.strip().split("\\R", -1);
        return lines[lines.length - 1];
    }

    /** Letters and digits of any script, single blanks between. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
