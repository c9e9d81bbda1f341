package io.laminar.spi.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Timestamps in the shape that most have, {@code YYYY-MM-DDTHH:MM:SS} with up to six digits of a fraction and {@code Z} or
 * neither, eight bytes at a time. What has another shape is left to {@link TemporalText}.
 */
final class PlainTimestamp {
    /** The answer for all other text, which may still be a timestamp. */
    static final long OTHER = Long.MIN_VALUE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** {@code 0000-00-} and {@code 00:00:00}, the first character in the lowest byte. */
    private static final long DATE = 0x2d30_302d_3030_3030L;

    private static final long TIME = 0x3030_3a30_303a_3030L;

    /** Where these have what is no digit. */
    private static final long DATE_MARKS = 0xff00_00ff_0000_0000L;

    private static final long TIME_MARKS = 0x0000_ff00_00ff_0000L;
    private static final long HIGH_NIBBLES = 0xf0f0_f0f0_f0f0_f0f0L;
    private static final long SIXES = 0x0606_0606_0606_0606L;

    private static final int DAY = 8;
    private static final int SEPARATOR = 10;
    private static final int HOUR = 11;
    private static final int POINT = 19;

    private static final int[] MICROS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private PlainTimestamp() {}

    /** Microseconds since the epoch, or {@link #OTHER}. */
    static long parse(byte[] b, int from, int to) {
        if (to - from < POINT) {
            return OTHER;
        }
        long date = (long) LONGS.get(b, from) ^ DATE;
        long time = (long) LONGS.get(b, from + HOUR) ^ TIME;
        // Digits have become 0 to 9, which stay below 16 with six more, and marks 0.
        long misfits = ((date | (date + SIXES) | time | (time + SIXES)) & HIGH_NIBBLES)
                | (date & DATE_MARKS)
                | (time & TIME_MARKS);
        int tens = b[from + DAY] - '0';
        int ones = b[from + DAY + 1] - '0';
        byte separator = b[from + SEPARATOR];
        if (misfits != 0 || tens < 0 || ones < 0 || ones > 9 || ((separator | 0x20) != 't' && separator != ' ')) {
            return OTHER;
        }
        int year = two(date, 0) * 100 + two(date, 2);
        int month = two(date, 5);
        int day = tens * 10 + ones;
        int hour = two(time, 0);
        int minute = two(time, 3);
        int second = two(time, 6);
        boolean exists = month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= Calendar.daysInMonth(year, month))
                && hour <= 23
                && minute <= 59
                && second <= 59;
        long fraction = to - from == POINT ? 0 : fraction(b, from + POINT, to);
        if (!exists || fraction == OTHER) {
            return OTHER;
        }
        long seconds = (hour * 60 + minute) * 60L + second;
        return Calendar.day(year, month, day) * Calendar.MICROS_PER_DAY
                + seconds * Calendar.MICROS_PER_SECOND
                + fraction;
    }

    /** The number of the digits at a position and after it. */
    private static int two(long digits, int position) {
        int pair = (int) (digits >>> (position * Byte.SIZE));
        return (pair & 0xf) * 10 + (pair >>> Byte.SIZE & 0xf);
    }

    /** Microseconds of what follows the seconds: {@code .ffffffZ}, either of which may be absent. */
    private static long fraction(byte[] b, int from, int to) {
        int end = (b[to - 1] | 0x20) == 'z' ? to - 1 : to;
        if (end == from) {
            return 0;
        }
        int digits = end - from - 1;
        if (b[from] != '.' || digits < 1 || digits >= MICROS.length) {
            return OTHER;
        }
        int value = 0;
        for (int i = from + 1; i < end; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return OTHER;
            }
            value = value * 10 + digit;
        }
        return (long) value * MICROS[digits];
    }
}
