package io.laminar.format.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where the fields of a record start and end; what it found last can be asked afterwards. */
final class FieldScanner {
    /** The field may go on after the bytes that are there. */
    static final int NEEDS_MORE = -1;

    /** Quotes stand where they make no sense. */
    static final int MALFORMED = -2;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long FEEDS = ONES * '\n';

    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final long delimiters;

    private int from;
    private int to;
    private boolean quoted;
    private boolean escaped;
    private boolean endsRecord;
    private String reason = "";

    FieldScanner(Dialect dialect) {
        delimiter = dialect.delimiter();
        quote = dialect.quote();
        escape = dialect.escape();
        delimiters = ONES * delimiter;
    }

    /** First byte of the content, behind an opening quote. */
    int from() {
        return from;
    }

    /** End of the content, before a closing quote. */
    int to() {
        return to;
    }

    boolean quoted() {
        return quoted;
    }

    /** Whether the content has to be {@link #unescape unescaped}. */
    boolean escaped() {
        return escaped;
    }

    /** Whether the field is the record's last. */
    boolean endsRecord() {
        return endsRecord;
    }

    /** Why the field is {@link #MALFORMED}. */
    String reason() {
        return reason;
    }

    /**
     * Finds the field at {@code start}.
     *
     * @param end whether nothing follows {@code limit}
     * @return where the next field or record starts, {@link #NEEDS_MORE} or {@link #MALFORMED}
     */
    int scan(byte[] b, int start, int limit, boolean end) {
        quoted = start < limit && b[start] == quote;
        escaped = false;
        if (quoted) {
            return scanQuoted(b, start + 1, limit, end);
        }
        from = start;
        int p = plainEnd(b, start, limit);
        return p < limit || end ? endField(b, p, p, limit, end) : NEEDS_MORE;
    }

    private int scanQuoted(byte[] b, int start, int limit, boolean end) {
        from = start;
        int p = start;
        while (p < limit) {
            byte c = b[p];
            if (c == escape && escape != quote) {
                escaped = true;
                p += 2;
            } else if (c != quote) {
                p++;
            } else if (p + 1 == limit && !end) {
                return NEEDS_MORE;
            } else if (escape == quote && p + 1 < limit && b[p + 1] == quote) {
                escaped = true;
                p += 2;
            } else {
                return endField(b, p, p + 1, limit, end);
            }
        }
        if (!end) {
            return NEEDS_MORE;
        }
        reason = "a quoted field never ends";
        return MALFORMED;
    }

    /** Ends a field whose content ends at {@code contentEnd} and that is over at {@code p}. */
    private int endField(byte[] b, int contentEnd, int p, int limit, boolean end) {
        to = contentEnd;
        endsRecord = true;
        if (p >= limit) {
            trimReturn(b);
            return end ? limit : NEEDS_MORE;
        }
        if (b[p] == delimiter) {
            endsRecord = false;
            return p + 1;
        }
        if (b[p] == '\n') {
            trimReturn(b);
            return p + 1;
        }
        if (b[p] == '\r') {
            if (p + 1 < limit && b[p + 1] == '\n') {
                return p + 2;
            }
            if (p + 1 >= limit) {
                return end ? limit : NEEDS_MORE;
            }
        }
        reason = "expected a delimiter or line end after a closing quote";
        from = p;
        return MALFORMED;
    }

    /** The carriage return before a line feed is no content. */
    private void trimReturn(byte[] b) {
        if (!quoted && to > from && b[to - 1] == '\r') {
            to--;
        }
    }

    /** The next delimiter or line feed, eight bytes at a time. */
    private int plainEnd(byte[] b, int start, int limit) {
        int p = start;
        while (p + Long.BYTES <= limit) {
            long word = (long) LONGS.get(b, p);
            long a = word ^ delimiters;
            long f = word ^ FEEDS;
            long hits = (((a - ONES) & ~a) | ((f - ONES) & ~f)) & HIGHS;
            if (hits != 0) {
                return p + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            p += Long.BYTES;
        }
        while (p < limit && b[p] != delimiter && b[p] != '\n') {
            p++;
        }
        return p;
    }

    /** Writes the content without what escapes its quotes; the number of bytes. */
    int unescape(byte[] b, byte[] target) {
        int count = 0;
        int p = from;
        while (p < to) {
            if (b[p] == escape && p + 1 < to) {
                p++;
            }
            target[count++] = b[p++];
        }
        return count;
    }
}
