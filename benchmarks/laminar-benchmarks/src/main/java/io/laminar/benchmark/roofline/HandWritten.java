package io.laminar.benchmark.roofline;

import java.util.Arrays;

/** The loops a programmer would write for exactly one task, over the same arrays and bytes. */
final class HandWritten {

    private HandWritten() {}

    /** Keeps the rows whose auction is divisible, as two new columns. */
    static int filter(long[] auctions, long[] prices, int size, long[] outAuctions, long[] outPrices) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (auctions[i] % OperatorWorkloads.DIVISOR == 0) {
                outAuctions[kept] = auctions[i];
                outPrices[kept] = prices[i];
                kept++;
            }
        }
        return kept;
    }

    /** Counts and takes the maximum per key in a table of open addressing. */
    static final class HashTable {
        private long[] keys = new long[1 << 10];
        private long[] counts = new long[1 << 10];
        private long[] maxima = new long[1 << 10];
        private int size;

        void clear() {
            Arrays.fill(counts, 0);
            size = 0;
        }

        void add(long[] newKeys, long[] values, int count) {
            for (int i = 0; i < count; i++) {
                long key = newKeys[i];
                int slot = slot(key);
                if (counts[slot] == 0) {
                    keys[slot] = key;
                    maxima[slot] = values[i];
                    counts[slot] = 1;
                    if (++size * 2 > keys.length) {
                        grow();
                    }
                } else {
                    counts[slot]++;
                    maxima[slot] = Math.max(maxima[slot], values[i]);
                }
            }
        }

        /** Sum over all keys of key + count + maximum. */
        long checksum() {
            long sum = 0;
            for (int slot = 0; slot < keys.length; slot++) {
                if (counts[slot] != 0) {
                    sum += keys[slot] + counts[slot] + maxima[slot];
                }
            }
            return sum;
        }

        private int slot(long key) {
            int mask = keys.length - 1;
            long hash = key * 0x9E3779B97F4A7C15L;
            int slot = (int) (hash >>> 32) & mask;
            while (counts[slot] != 0 && keys[slot] != key) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private void grow() {
            long[] oldKeys = keys;
            long[] oldCounts = counts;
            long[] oldMaxima = maxima;
            keys = new long[oldKeys.length * 2];
            counts = new long[oldKeys.length * 2];
            maxima = new long[oldKeys.length * 2];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldCounts[i] != 0) {
                    int slot = slot(oldKeys[i]);
                    keys[slot] = oldKeys[i];
                    counts[slot] = oldCounts[i];
                    maxima[slot] = oldMaxima[i];
                }
            }
        }
    }

    /**
     * Decodes lines {@code {"auction":1,"bidder":2,"price":3,"channel":"c","url":"u","dateTime":"t"}} with keys in just
     * this order and no escapes into auction, price, channel and the text of dateTime.
     */
    static final class BidLines {
        final long[] auctions;
        final long[] prices;
        final int[] channelStarts;
        final int[] channelLengths;
        final long[] times;
        private int at;

        BidLines(int capacity) {
            auctions = new long[capacity];
            prices = new long[capacity];
            channelStarts = new int[capacity];
            channelLengths = new int[capacity];
            times = new long[capacity];
        }

        /** Decodes up to {@code capacity} lines from a position; returns how many. */
        int decode(byte[] bytes, int from, int to, int capacity) {
            at = from;
            int rows = 0;
            while (at < to && rows < capacity) {
                at += "{\"auction\":".length();
                auctions[rows] = number(bytes);
                at += ",\"bidder\":".length();
                while (bytes[at] != ',') {
                    at++;
                }
                at += ",\"price\":".length();
                prices[rows] = number(bytes);
                at += ",\"channel\":\"".length();
                channelStarts[rows] = at;
                while (bytes[at] != '"') {
                    at++;
                }
                channelLengths[rows] = at - channelStarts[rows];
                at += "\",\"url\":\"".length();
                while (bytes[at] != '"') {
                    at++;
                }
                at += "\",\"dateTime\":\"".length();
                times[rows] = time(bytes);
                at += "\"}\n".length();
                rows++;
            }
            return rows;
        }

        int position() {
            return at;
        }

        private long number(byte[] bytes) {
            long value = 0;
            byte b = bytes[at];
            while (b >= '0') {
                value = value * 10 + (b - '0');
                b = bytes[++at];
            }
            return value;
        }

        /** {@code yyyy-MM-ddTHH:mm:ss.SSS} in microseconds since the epoch. */
        private long time(byte[] bytes) {
            int year = digits(bytes, 4);
            at++;
            int month = digits(bytes, 2);
            at++;
            int day = digits(bytes, 2);
            at++;
            int hour = digits(bytes, 2);
            at++;
            int minute = digits(bytes, 2);
            at++;
            int second = digits(bytes, 2);
            at++;
            int millis = digits(bytes, 3);
            long seconds = daysFromCivil(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second;
            return (seconds * 1_000 + millis) * 1_000;
        }

        private int digits(byte[] bytes, int count) {
            int value = 0;
            for (int i = 0; i < count; i++) {
                value = value * 10 + (bytes[at++] - '0');
            }
            return value;
        }

        /** Days since the epoch of a date (Howard Hinnant, chrono-compatible date algorithms). */
        private static long daysFromCivil(int year, int month, int day) {
            long y = month <= 2 ? year - 1L : year;
            long era = y / 400;
            long yearOfEra = y - era * 400;
            long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
            long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
            return era * 146_097 + dayOfEra - 719_468;
        }
    }
}
