package io.laminar.cli.progress;

import io.laminar.spi.text.TemporalText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {
    private static final String[] UNITS = {"", " k", " M", " G", " T"};

    private Amounts() {}

    /** {@code 950}, {@code 12.3 k}, {@code 4.56 M}. */
    static String count(long amount) {
        return rate((double) amount);
    }

    /** As {@link #count}, of something measured. */
    static String rate(double amount) {
        int unit = 0;
        double shown = amount;
        while (shown >= 999.5 && unit < UNITS.length - 1) {
            shown /= 1000;
            unit++;
        }
        if (unit == 0) {
            return String.valueOf(Math.round(shown));
        }
        int digits = shown < 9.995 ? 2 : shown < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f%s", shown, UNITS[unit]);
    }

    static String bytes(long amount) {
        return amount < 1000 ? amount + " bytes" : count(amount) + "B";
    }

    static String seconds(long nanos) {
        double seconds = nanos / 1e9;
        return seconds < 100
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d:%02d min", (long) seconds / 60, (long) seconds % 60);
    }

    /** A time of events; {@code -} before there is any, {@code end} after all. */
    static String time(long micros) {
        if (micros == Long.MIN_VALUE) {
            return "-";
        } else if (micros == Long.MAX_VALUE) {
            return "end";
        }
        byte[] text = new byte[TemporalText.MAX_LENGTH];
        long wholeSeconds = Math.floorDiv(micros, 1_000_000) * 1_000_000;
        return new String(text, 0, TemporalText.formatTimestamp(wholeSeconds, text, 0), StandardCharsets.US_ASCII);
    }
}
