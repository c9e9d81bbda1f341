package io.laminar.execution.stateful;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random rows of one schema, and random calls over it. */
final class RandomRows {
    static final int K_LONG = 0;
    static final int K_TEXT = 1;
    static final int K_INT = 2;
    static final int LONG = 3;
    static final int INT = 4;
    static final int DOUBLE = 5;
    static final int TEXT = 6;
    static final int BOOL = 7;
    static final int DEC = 8;
    static final int BIG = 9;
    static final int FILTER = 10;
    static final int SEPARATOR = 11;
    static final int WINDOW_START = 12;
    static final int WINDOW_END = 13;
    static final int OTHER_DOUBLE = 14;
    static final int FRACTION = 15;
    static final int POSITION = 16;

    static final Schema SCHEMA = Schema.of(
            new Field("k", Scalar.BIGINT),
            new Field("kt", Scalar.TEXT),
            new Field("ki", Scalar.INT),
            new Field("v", Scalar.BIGINT),
            new Field("i", Scalar.INT),
            new Field("d", Scalar.DOUBLE),
            new Field("s", Scalar.TEXT),
            new Field("b", Scalar.BOOLEAN),
            new Field("dec", new Decimal(10, 2)),
            new Field("big", new Decimal(30, 4)),
            new Field("f", Scalar.BOOLEAN),
            new Field("sep", Scalar.TEXT),
            new Field("ws", Scalar.TIMESTAMP, false),
            new Field("we", Scalar.TIMESTAMP, false),
            new Field("d2", Scalar.DOUBLE),
            new Field("p", Scalar.DOUBLE, false),
            new Field("n", Scalar.BIGINT, false));

    /** A row with its event time and kind. */
    record Row(byte kind, long time, List<Object> values) {
        Row withKind(byte other) {
            return new Row(other, time, values);
        }
    }

    private final Random random;
    private final int keys;

    RandomRows(Random random, int keys) {
        this.random = random;
        this.keys = keys;
    }

    Row row(long time) {
        long start = Math.floorDiv(time, 20) * 20;
        Object[] values = {
            maybe((long) random.nextInt(keys) - keys / 2),
            maybe("key" + "x".repeat(random.nextInt(3)) + random.nextInt(keys)),
            maybe(random.nextInt(Math.max(1, keys / 2))),
            maybe(random.nextInt(20) == 0 ? Long.MAX_VALUE / 4 - random.nextInt(5) : random.nextInt(100) - 50L),
            maybe(random.nextInt(100) - 50),
            maybe(random.nextInt(400) / 4.0 - 50),
            maybe(Integer.toString(random.nextInt(50), 36)),
            maybe(random.nextBoolean()),
            maybe(BigDecimal.valueOf(random.nextInt(20_000) - 10_000, 2)),
            maybe(new BigDecimal("12345678901234567890.1234")
                    .add(BigDecimal.valueOf(random.nextInt(1000), 4))
                    .multiply(random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ONE.negate())),
            maybe(random.nextInt(3) > 0),
            ", ",
            start,
            start + 20 * (1 + random.nextInt(2)),
            maybe(random.nextInt(8) / 4.0 + 3),
            0.3,
            2L
        };
        return new Row(RowKind.INSERT, time, Arrays.asList(values));
    }

    private Object maybe(Object value) {
        return random.nextInt(12) == 0 ? null : value;
    }

    static Batch batch(List<Row> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, rows.size());
        for (Row row : rows) {
            for (int c = 0; c < SCHEMA.size(); c++) {
                Values.append(SCHEMA.type(c), builder.column(c), row.values().get(c));
            }
            builder.endRow(row.time(), row.kind());
        }
        return builder.build();
    }

    List<Integer> keyColumns() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of();
            case 1 -> List.of(K_TEXT);
            case 2 -> List.of(K_INT);
            case 3 -> List.of(K_LONG, K_TEXT);
            case 4 -> List.of(K_INT, K_LONG);
            default -> List.of(K_LONG);
        };
    }

    List<AggregateCall> calls(List<String> functions, boolean distinct) {
        List<AggregateCall> calls = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            calls.add(call(functions.get(random.nextInt(functions.size())), distinct && random.nextInt(3) == 0));
        }
        if (distinct && random.nextBoolean()) {
            addSharing(calls);
        }
        return calls;
    }

    /** Calls over the different values of one or two arguments with different filters, at any positions. */
    private void addSharing(List<AggregateCall> calls) {
        int arguments = 1 + random.nextInt(2);
        for (int a = 0; a < arguments; a++) {
            int argument = pick(LONG, LONG, INT, INT, TEXT, DOUBLE, DEC, K_LONG);
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                String name =
                        argument == TEXT || random.nextInt(3) > 0 ? "count" : random.nextBoolean() ? "sum" : "avg";
                if (random.nextInt(12) == 0) {
                    name = "array_agg";
                }
                Integer filter = random.nextInt(3) == 0 ? null : (Integer) (random.nextBoolean() ? FILTER : BOOL);
                List<SortKey> order = name.equals("array_agg") ? order(argument, true) : List.of();
                DataType type = resultType(name, SCHEMA.type(argument));
                AggregateCall call =
                        new AggregateCall(name, List.of(argument), true, filter, order, type, !name.equals("count"));
                calls.add(random.nextInt(calls.size() + 1), call);
            }
        }
    }

    private AggregateCall call(String function, boolean distinct) {
        Integer filter = random.nextInt(4) == 0 ? FILTER : null;
        int argument =
                switch (function) {
                    case "sum", "avg" -> pick(LONG, INT, DOUBLE, DEC, BIG);
                    // Values of one size, so that rounding stays below what is compared.
                    case "stddev_samp", "var_pop", "stddev", "var_samp" -> pick(INT, DOUBLE, DEC);
                    case "min", "max", "count" -> pick(LONG, INT, DOUBLE, TEXT, DEC, BIG);
                    case "bool_and", "bool_or" -> BOOL;
                    case "bit_and", "bit_or", "bit_xor" -> LONG;
                    case "median", "percentile_cont" -> DOUBLE;
                    case "covar_pop", "covar_samp", "corr", "regr_slope", "regr_r2", "regr_count", "regr_syy" -> DOUBLE;
                    case "mode", "histogram", "percentile_disc" -> pick(LONG, INT, TEXT, DEC);
                    case "arg_min", "arg_max" -> pick(LONG, INT, TEXT);
                    case "string_agg" -> TEXT;
                    case "count(*)" -> -1;
                    default -> pick(LONG, INT, DOUBLE, TEXT, BOOL);
                };
        String name = function.equals("count(*)") ? "count" : function;
        DataType type = argument < 0 ? Scalar.BIGINT : resultType(name, SCHEMA.type(argument));
        List<Integer> arguments = argument < 0 ? List.of() : arguments(name, argument);
        boolean ordered = List.of("array_agg", "string_agg", "first_value", "last_value", "nth_value")
                .contains(name);
        List<SortKey> order = ordered ? order(argument, distinct) : List.of();
        return new AggregateCall(
                name, arguments, distinct && argument >= 0, filter, order, type, !name.equals("count"));
    }

    private static List<Integer> arguments(String function, int argument) {
        return switch (function) {
            case "string_agg" -> List.of(argument, SEPARATOR);
            case "percentile_cont", "percentile_disc" -> List.of(argument, FRACTION);
            case "nth_value" -> List.of(argument, POSITION);
            // Of rows that are alike in the second argument any may be taken, so it is the first one too.
            case "arg_min", "arg_max" -> List.of(argument, argument);
            case "covar_pop", "covar_samp", "corr", "regr_slope", "regr_r2", "regr_count", "regr_syy" ->
                List.of(argument, OTHER_DOUBLE);
            default -> List.of(argument);
        };
    }

    /** An order without ties, so that there is but one right answer. */
    private List<SortKey> order(int argument, boolean distinct) {
        SortKey byArgument = new SortKey(argument, random.nextBoolean(), random.nextBoolean());
        if (distinct || random.nextBoolean()) {
            return List.of(byArgument);
        }
        return List.of(new SortKey(K_INT, random.nextBoolean(), random.nextBoolean()), byArgument);
    }

    private int pick(int... columns) {
        return columns[random.nextInt(columns.length)];
    }

    static DataType resultType(String function, DataType argument) {
        return switch (function) {
            case "count" -> Scalar.BIGINT;
            case "sum" ->
                argument == Scalar.DOUBLE
                        ? Scalar.DOUBLE
                        : new Decimal(38, argument instanceof Decimal decimal ? decimal.scale() : 0);
            case "avg" -> argument instanceof Decimal ? new Decimal(38, 6) : Scalar.DOUBLE;
            case "stddev_samp", "var_pop", "stddev", "var_samp", "median", "percentile_cont" -> Scalar.DOUBLE;
            case "covar_pop", "covar_samp", "corr", "regr_slope", "regr_r2", "regr_syy" -> Scalar.DOUBLE;
            case "regr_count" -> Scalar.BIGINT;
            case "histogram" -> new DataType.MapType(argument, Scalar.BIGINT);
            case "array_agg" -> new DataType.ListType(argument);
            default -> argument;
        };
    }
}
