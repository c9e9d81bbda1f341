package io.laminar.connector.file.sink;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits batches by folder: first by a pattern over the rows' event time, then {@code column=value} per column. Rows
 * that follow each other mostly go to the same folder, so its name is only made when a value changes.
 */
final class Partitioning implements Serializable {
    private static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";
    private static final String UNSAFE = "/\\\"#%'*:=?{}[]^<>|";
    private static final String FIELDS = "YmdHMSj";

    private final @Nullable String timePattern;
    private final String[] names;
    private final int[] columns;
    private final DataType[] types;

    Partitioning(Schema schema, @Nullable String timePattern, List<String> fields) {
        if (timePattern != null) {
            checkPattern(timePattern);
        }
        this.timePattern = timePattern;
        names = fields.toArray(new String[0]);
        columns = new int[names.length];
        types = new DataType[names.length];
        for (int i = 0; i < names.length; i++) {
            columns[i] = schema.indexOf(names[i]);
            if (columns[i] < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "partitioning.fields: there is no column '" + names[i] + "'",
                        NearestName.hint(names[i], schema.names()));
            }
            types[i] = schema.type(columns[i]);
        }
    }

    private static void checkPattern(String pattern) {
        for (int i = pattern.indexOf('%'); i >= 0; i = pattern.indexOf('%', i + 2)) {
            if (i + 1 == pattern.length() || (FIELDS + "%").indexOf(pattern.charAt(i + 1)) < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "partitioning.time_pattern: unknown field '"
                                + pattern.substring(i, Math.min(i + 2, pattern.length())) + "' in '" + pattern + "'",
                        "there are %Y %m %d %H %M %S %j, for example '%Y-%m-%d/%H'");
            }
        }
    }

    /** The rows of each folder in their order; folders in the order of their first row. */
    List<PartBatch> split(Batch batch) {
        if (timePattern == null && names.length == 0) {
            return List.of(new PartBatch("", batch));
        }
        Map<String, Rows> folders = new LinkedHashMap<>();
        Rows current = new Rows();
        @Nullable Object[] values = new Object[columns.length];
        long second = Long.MIN_VALUE;
        for (int row = 0; row < batch.size(); row++) {
            long rowSecond = Math.floorDiv(batch.rowtime()[row], Calendar.MICROS_PER_SECOND);
            boolean same = row > 0 && (timePattern == null || rowSecond == second) && sameValues(batch, row);
            if (!same) {
                for (int i = 0; i < columns.length; i++) {
                    values[i] = Values.read(types[i], batch.column(columns[i]), row);
                }
                second = rowSecond;
                current = folders.computeIfAbsent(folder(rowSecond, values), f -> new Rows());
            }
            current.add(row);
        }
        List<PartBatch> parts = new ArrayList<>(folders.size());
        folders.forEach((folder, rows) -> parts.add(new PartBatch(folder, rows.of(batch))));
        return parts;
    }

    private boolean sameValues(Batch batch, int row) {
        for (int i = 0; i < columns.length; i++) {
            Column column = batch.column(columns[i]);
            Object value = Values.read(types[i], column, row);
            Object before = Values.read(types[i], column, row - 1);
            if (value == null ? before != null : !value.equals(before)) {
                return false;
            }
        }
        return true;
    }

    private String folder(long second, @Nullable Object[] values) {
        StringBuilder out = new StringBuilder();
        if (timePattern != null) {
            appendTime(timePattern, second, out);
        }
        for (int i = 0; i < names.length; i++) {
            out.append(out.length() == 0 ? "" : "/").append(names[i]).append('=');
            appendValue(values[i], types[i], out);
        }
        return out.toString();
    }

    private static void appendTime(String pattern, long second, StringBuilder out) {
        long micros = second * Calendar.MICROS_PER_SECOND;
        long day = Calendar.dayOf(micros);
        long civil = Calendar.civil(day);
        int ofDay = (int) (Calendar.timeOf(micros) / Calendar.MICROS_PER_SECOND);
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '%') {
                out.append(pattern.charAt(i));
                continue;
            }
            switch (pattern.charAt(++i)) {
                case 'Y' -> appendPadded(Calendar.year(civil), 4, out);
                case 'm' -> appendPadded(Calendar.month(civil), 2, out);
                case 'd' -> appendPadded(Calendar.dayOfMonth(civil), 2, out);
                case 'H' -> appendPadded(ofDay / 3600, 2, out);
                case 'M' -> appendPadded(ofDay / 60 % 60, 2, out);
                case 'S' -> appendPadded(ofDay % 60, 2, out);
                case 'j' -> appendPadded((int) (day - Calendar.day(Calendar.year(civil), 1, 1)) + 1, 3, out);
                default -> out.append('%');
            }
        }
    }

    private static void appendPadded(int number, int width, StringBuilder out) {
        String digits = Integer.toString(number);
        out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }

    private static void appendValue(@Nullable Object value, DataType type, StringBuilder out) {
        if (value == null) {
            out.append(NULL_VALUE);
            return;
        }
        String text = value.toString();
        byte[] bytes = new byte[TemporalText.MAX_LENGTH];
        if (type == Scalar.DATE) {
            text = ascii(bytes, TemporalText.formatDate((Integer) value, bytes, 0));
        } else if (type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ) {
            text = ascii(bytes, TemporalText.formatTimestamp((Long) value, bytes, 0));
        }
        // A value must stay one folder.
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || UNSAFE.indexOf(c) >= 0) {
                out.append("%%%02X".formatted((int) c));
            } else {
                out.append(c);
            }
        }
    }

    private static String ascii(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    /** Positions of rows. */
    private static final class Rows {
        private int[] rows = new int[64];
        private int count;

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }

        Batch of(Batch batch) {
            return count == batch.size() ? batch : batch.gather(rows, count);
        }
    }
}
