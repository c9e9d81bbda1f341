package io.laminar.execution.function;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** English names of months, weekdays and halves of the day. Letter cases are "Aa", "AA" and "aa", with a space to pad. */
final class TimeNames {
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final List<String> WEEKDAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final int LONGEST = 9;
    private static final int SHORT = 3;

    private TimeNames() {}

    static byte[] month(int month, String letterCase) {
        return written(MONTHS.get(month - 1), letterCase);
    }

    static byte[] shortMonth(int month, String letterCase) {
        return written(MONTHS.get(month - 1).substring(0, SHORT), letterCase);
    }

    static byte[] weekday(int isoDay, String letterCase) {
        return written(WEEKDAYS.get(isoDay - 1), letterCase);
    }

    static byte[] shortWeekday(int isoDay, String letterCase) {
        return written(WEEKDAYS.get(isoDay - 1).substring(0, SHORT), letterCase);
    }

    static byte[] half(boolean afternoon, String letterCase) {
        return written(afternoon ? "PM" : "AM", letterCase);
    }

    private static byte[] written(String name, String letterCase) {
        String text = letterCase.startsWith("AA")
                ? name.toUpperCase(Locale.ROOT)
                : letterCase.startsWith("aa") ? name.toLowerCase(Locale.ROOT) : name;
        String padded = letterCase.endsWith(" ") ? text + " ".repeat(LONGEST - text.length()) : text;
        return padded.getBytes(StandardCharsets.US_ASCII);
    }

    /** The month, from 1, whose name starts at a position, with the name's length in the upper half; -1 if none does. */
    static int findMonth(byte[] bytes, int at, int to, boolean shortName) {
        return find(MONTHS, bytes, at, to, shortName);
    }

    /** As {@link #findMonth} for weekdays from Monday. */
    static int findWeekday(byte[] bytes, int at, int to, boolean shortName) {
        return find(WEEKDAYS, bytes, at, to, shortName);
    }

    private static int find(List<String> names, byte[] bytes, int at, int to, boolean shortName) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int length = shortName ? SHORT : name.length();
            if (to - at >= length && startsWith(bytes, at, name, length)) {
                return length << 16 | (i + 1);
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int at, String name, int length) {
        for (int i = 0; i < length; i++) {
            if ((bytes[at + i] | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
