package io.laminar.connector.generator.nexmark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * The texts that events choose from, all in one arena, so that a column of texts is made by pointing. Random letters
 * of any length are cut from a long run of them.
 */
final class NexmarkTexts {
    private static final int LETTERS = 1 << 20;
    private static final int LONGEST_CUT = 1 << 12;
    private static final int CHANNELS = 10_000;
    private static final List<String> HOT_CHANNELS = List.of("Google", "Facebook", "Baidu", "Apple");
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Ben", "Clara", "David", "Emma", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kira");
    private static final List<String> LAST_NAMES =
            List.of("Abel", "Brandt", "Castro", "Dietz", "Ekberg", "Fuchs", "Garcia", "Horn", "Ito");
    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final List<String> CITIES = List.of(
            "Phoenix",
            "Los Angeles",
            "San Francisco",
            "Boise",
            "Portland",
            "Bend",
            "Redmond",
            "Seattle",
            "Kent",
            "Cheyenne");

    /** A table of texts: where each starts in the arena and how long it is. */
    record Pool(int[] starts, int[] lengths) {
        int size() {
            return starts.length;
        }
    }

    private final ByteArrayOutputStream writing = new ByteArrayOutputStream();
    private final byte[] arena;
    private final Pool names;
    private final Pool cities;
    private final Pool states;
    private final Pool channels;
    private final Pool urls;
    private final Pool emails;
    private final Pool cards;

    NexmarkTexts(long seed) {
        Random random = new Random(seed);
        byte[] letters = new byte[LETTERS];
        for (int i = 0; i < LETTERS; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        writing.writeBytes(letters);
        names = pool(
                FIRST_NAMES.size() * LAST_NAMES.size(),
                i -> FIRST_NAMES.get(i / LAST_NAMES.size()) + " " + LAST_NAMES.get(i % LAST_NAMES.size()));
        cities = pool(CITIES.size(), CITIES::get);
        states = pool(STATES.size(), STATES::get);
        channels = pool(
                HOT_CHANNELS.size() + CHANNELS,
                i -> i < HOT_CHANNELS.size() ? HOT_CHANNELS.get(i) : "channel-" + (i - HOT_CHANNELS.size()));
        urls = pool(HOT_CHANNELS.size() + CHANNELS, i -> url(i, random));
        emails = pool(CHANNELS, i -> word(random, 7) + "@" + word(random, 5) + ".com");
        cards = pool(CHANNELS, i -> "%04d %04d %04d %04d"
                .formatted(
                        random.nextInt(10_000),
                        random.nextInt(10_000),
                        random.nextInt(10_000),
                        random.nextInt(10_000)));
        arena = writing.toByteArray();
    }

    byte[] arena() {
        return arena;
    }

    Pool names() {
        return names;
    }

    Pool cities() {
        return cities;
    }

    Pool states() {
        return states;
    }

    /** Hot channels first. */
    Pool channels() {
        return channels;
    }

    /** The URL of each channel, in the same order. */
    Pool urls() {
        return urls;
    }

    Pool emails() {
        return emails;
    }

    Pool cards() {
        return cards;
    }

    static int hotChannels() {
        return HOT_CHANNELS.size();
    }

    /** Where a cut of random letters starts. */
    static int cut(long bits) {
        return (int) ((bits >>> 1) % (LETTERS - LONGEST_CUT));
    }

    private static String url(int channel, Random random) {
        String url = "https://www.nexmark.com/" + word(random, 5) + '/' + word(random, 5) + '/' + word(random, 5)
                + "/item.htm?query=1";
        // Nine of ten plain channels say in their URL which they are.
        boolean named = channel >= HOT_CHANNELS.size() && random.nextInt(10) > 0;
        return named ? url + "&channel_id=" + Integer.reverse(channel) : url;
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private Pool pool(int size, java.util.function.IntFunction<String> text) {
        int[] starts = new int[size];
        int[] lengths = new int[size];
        for (int i = 0; i < size; i++) {
            byte[] bytes = text.apply(i).getBytes(StandardCharsets.UTF_8);
            starts[i] = writing.size();
            lengths[i] = bytes.length;
            writing.writeBytes(bytes);
        }
        return new Pool(starts, lengths);
    }
}
