package io.sluice.jobs.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Small data sets whose outcome follows from users and items, from a seed. */
public final class GeneratedData {

    private static final long START = 1_600_000_000_000L;
    private static final int USERS = 40;
    private static final int ITEMS = 60;

    private GeneratedData() {}

    /** Interactions with users and items; times go up in steps of 0 to 2 seconds. */
    public static Path interactions(Path folder, int rows, long seed) {
        return interactions(folder, rows, seed, START, 1000);
    }

    /** The same from another time on, in steps of none to two of these lengths. */
    public static Path interactions(Path folder, int rows, long seed, long start, long stepMs) {
        Random random = new Random(seed);
        StringBuilder out = new StringBuilder("timestamp,user,item,label,value,device,_leak\n");
        long time = start;
        for (int row = 0; row < rows; row++) {
            time += stepMs * random.nextInt(3);
            int user = random.nextInt(USERS);
            int item = random.nextInt(ITEMS);
            int label = random.nextDouble() < probability(user, item) ? 1 : 0;
            out.append(time).append(",u").append(user).append(",i").append(item);
            out.append(',').append(label).append(',').append(label * 3.5);
            out.append(',').append(random.nextBoolean() ? "phone" : "desk");
            out.append(',').append(label).append('\n');
        }
        write(folder.resolve("interactions.csv"), out.toString());
        sides(folder);
        return folder;
    }

    /** Slates of ten items and, beside them, interactions that hold the same outcome. */
    public static Path slates(Path folder, int requests, long seed) {
        Random random = new Random(seed);
        StringBuilder slates = new StringBuilder();
        StringBuilder events = new StringBuilder("timestamp,user,item,label,value\n");
        long time = START;
        for (int request = 0; request < requests; request++) {
            time += 1000L * random.nextInt(2);
            int user = random.nextInt(USERS);
            StringBuilder items = new StringBuilder();
            StringBuilder clicked = new StringBuilder();
            int first = random.nextInt(ITEMS);
            for (int slot = 0; slot < 10; slot++) {
                int item = (first + 7 * slot) % ITEMS;
                items.append(slot == 0 ? "" : ",");
                items.append(
                        "{\"id\":\"i%d\",\"features\":{\"price\":%d.5}}".formatted(item, item % 9));
                if (random.nextDouble() < probability(user, item) / 2) {
                    clicked.append(clicked.isEmpty() ? "" : ",");
                    clicked.append("\"i").append(item).append('"');
                    events.append(time).append(",u").append(user).append(",i").append(item);
                    events.append(",1,\n");
                }
            }
            slates.append(
                    "{\"request\":\"r%d\",\"timestamp\":%d,\"user\":\"u%d\",\"context\":{\"shop\":\"%s\"},\"items\":[%s],\"clicked\":[%s]}\n"
                            .formatted(
                                    request,
                                    time,
                                    user,
                                    request % 3 == 0 ? "A" : "B",
                                    items,
                                    clicked));
        }
        write(folder.resolve("slates.jsonl"), slates.toString());
        write(folder.resolve("interactions.csv"), events.toString());
        sides(folder);
        return folder;
    }

    private static void sides(Path folder) {
        StringBuilder users = new StringBuilder("user,age,zip\n");
        for (int user = 0; user < USERS; user++) {
            users.append("u%d,%d,Z%d%n".formatted(user, 18 + user % 5, 1000 + user));
        }
        StringBuilder items = new StringBuilder("item,title,tags,weight\n");
        for (int item = 0; item < ITEMS; item++) {
            items.append(
                    "i%d,\"The long, long title %d\",%s,%s%n"
                            .formatted(
                                    item,
                                    item,
                                    item % 4 == 0 ? "" : "red|t" + item % 3,
                                    item / 7.0));
        }
        write(folder.resolve("users.csv"), users.toString());
        zip(folder.resolve("items.csv.gz"), items.toString());
    }

    /** Odd users like more, odd items are liked more. */
    private static double probability(int user, int item) {
        return 0.1 + 0.4 * (user % 2) + 0.4 * (item % 2);
    }

    /** Writes a file and its folder. */
    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void zip(Path file, String text) {
        try (OutputStream out = Files.newOutputStream(file);
                Writer writer =
                        new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
