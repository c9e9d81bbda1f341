package io.laminar.execution.join;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Random rows of two inputs and random joins of them. */
final class TimedRows {
    static final int KEY = 0;
    static final int TEXT_KEY = 1;
    static final int VALUE = 2;
    static final int START = 3;
    static final int END = 4;
    static final int WIDTH = 5;
    private static final long WINDOW = 20;

    private static final Schema SCHEMA = Schema.of(
            new Field("k", Scalar.INT),
            new Field("t", Scalar.TEXT),
            new Field("v", Scalar.BIGINT, false),
            new Field("start", Scalar.TIMESTAMP, false),
            new Field("end", Scalar.TIMESTAMP, false));

    /** A row as it came. */
    record Row(byte kind, long time, List<Object> values) {
        Object get(int column) {
            return values.get(column);
        }
    }

    private final Random random;
    private final int keys;

    TimedRows(Random random) {
        this.random = random;
        this.keys = 1 + random.nextInt(6);
    }

    /** A row whose value follows from its key and time where {@code valueByTime}, so that ties do not show. */
    Row row(byte kind, long time, boolean valueByTime) {
        long start = Math.floorDiv(time, WINDOW) * WINDOW;
        Integer key = random.nextInt(8) == 0 ? null : random.nextInt(keys);
        String text = random.nextInt(10) == 0 ? null : random.nextInt(3) == 0 ? "a\u00e4" : "b";
        text = valueByTime ? "of " + time % 3 : text;
        long value = valueByTime ? time : random.nextInt(20);
        return new Row(kind, time, Arrays.asList(key, text, value, start, start + WINDOW * (1 + random.nextInt(2))));
    }

    static Batch batch(List<Row> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, rows.size());
        for (Row row : rows) {
            for (int c = 0; c < WIDTH; c++) {
                Values.append(SCHEMA.type(c), builder.column(c), row.get(c));
            }
            builder.endRow(row.time(), row.kind());
        }
        return builder.build();
    }

    JoinParts parts(JoinType type, boolean conditions) {
        List<JoinKey> joinKeys = new ArrayList<>();
        if (random.nextInt(6) > 0) {
            joinKeys.add(new JoinKey(KEY, KEY, random.nextInt(4) == 0));
        }
        if (random.nextInt(3) == 0) {
            joinKeys.add(new JoinKey(TEXT_KEY, TEXT_KEY, random.nextInt(4) == 0));
        }
        Expression condition = conditions && random.nextInt(2) == 0
                ? new Expression.Call(
                        Operation.LESS,
                        List.of(
                                new Expression.Input(VALUE, Scalar.BIGINT, false),
                                new Expression.Input(WIDTH + VALUE, Scalar.BIGINT, false)),
                        Scalar.BOOLEAN,
                        false)
                : null;
        List<Integer> outputs = new ArrayList<>(List.of(KEY, TEXT_KEY, VALUE));
        if (type.pairs()) {
            outputs.addAll(List.of(WIDTH + TEXT_KEY, WIDTH + VALUE));
        }
        InputStub input = new InputStub(SCHEMA, ChangelogMode.APPEND);
        List<Field> fields = outputs.stream()
                .map(c -> SCHEMA.field(c % WIDTH))
                .map(f -> new Field(f.name(), f.type()))
                .toList();
        return new JoinParts(input, input, type, joinKeys, condition, outputs, new Schema(fields));
    }

    /** Whether two rows meet the keys and the condition of a join. */
    static boolean match(JoinParts parts, Row left, Row right) {
        for (JoinKey key : parts.keys()) {
            Object a = left.get(key.left());
            Object b = right.get(key.right());
            if (!Objects.equals(a, b) || (a == null && !key.nullSafe())) {
                return false;
            }
        }
        return parts.condition() == null || (long) left.get(VALUE) < (long) right.get(VALUE);
    }

    /** A result row as the harness shows it. */
    static String joined(JoinParts parts, Row left, Row right, long time) {
        List<Object> values = new ArrayList<>();
        for (int output : parts.outputs()) {
            Row row = output < WIDTH ? left : right;
            values.add(row == null ? null : row.get(output % WIDTH));
        }
        return values + "@" + time;
    }
}
