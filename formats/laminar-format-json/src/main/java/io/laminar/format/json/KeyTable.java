package io.laminar.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of an object mean: found by their bytes, and for a spelling not met before by the names of the columns
 * (the exact one first, then one that differs in letter case). Spellings are remembered up to a limit, so that objects
 * with ever new keys do not fill the memory.
 */
final class KeyTable {
    private static final int MAX_KEYS = 1024;
    private static final int BUCKETS = 4 * MAX_KEYS;

    private final List<String> names;
    private @Nullable Key @Nullable [] buckets;
    private int count;

    KeyTable(List<String> names) {
        this.names = names;
    }

    /** The key {@code b[from, to)}, both quotes included; the string has been checked. */
    Key find(byte[] b, int from, int to, boolean escaped) {
        @Nullable Key[] all = buckets;
        if (all == null) {
            all = new Key[BUCKETS];
            buckets = all;
        }
        int bucket = hash(b, from, to);
        for (Key key = all[bucket]; key != null; key = all[bucket]) {
            if (key.at(b, from, to) && key.length == to - from) {
                return key;
            }
            bucket = (bucket + 1) & (BUCKETS - 1);
        }
        Key key = resolve(b, from, to, escaped);
        if (count < MAX_KEYS) {
            all[bucket] = key;
            count++;
        }
        return key;
    }

    private Key resolve(byte[] b, int from, int to, boolean escaped) {
        String name = escaped
                ? JsonScanner.unescape(b, from + 1, to - 1)
                : new String(b, from + 1, to - from - 2, StandardCharsets.UTF_8);
        byte[] text = Arrays.copyOfRange(b, from, to);
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return new Key(text, exact, true);
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return new Key(text, i, false);
            }
        }
        return new Key(text, Key.UNWANTED, false);
    }

    private static int hash(byte[] b, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + b[i];
        }
        return (hash ^ hash >>> 15) & (BUCKETS - 1);
    }
}
