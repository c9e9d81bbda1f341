package io.laminar.plan.node;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns in which a {@link Phase#PARTIAL} node hands the states of its calls to the {@link Phase#FINAL} one. Its
 * rows are the keys, then the states of the calls in order, then for windows one TIMESTAMP with the start of the pane.
 * The FINAL node has the keys as its first input columns and the same calls; it reads neither their arguments nor their
 * filters. Only input that appends can be folded ahead.
 */
public final class PartialLayout {
    public static final String PANE = "pane";

    private PartialLayout() {}

    /** Columns of the state of a call; 0 if it has no state in columns, so that the call needs all rows in one place. */
    public static int width(AggregateCall call) {
        if (call.distinct()
                && !call.function().equals("min")
                && !call.function().equals("max")) {
            return 0;
        }
        if (call.user() != null) {
            return 0;
        }
        return switch (call.function()) {
            case "count",
                    "min",
                    "max",
                    "bit_and",
                    "bit_or",
                    "bit_xor",
                    "approx_distinct",
                    "approx_median",
                    "approx_percentile_cont",
                    "approx_percentile_cont_with_weight" -> 1;
            case "sum", "avg", "bool_and", "bool_or" -> 2;
            case "stddev", "stddev_samp", "stddev_pop", "var", "var_samp", "var_pop" -> 3;
            case "covar_pop",
                    "covar_samp",
                    "corr",
                    "regr_slope",
                    "regr_intercept",
                    "regr_r2",
                    "regr_count",
                    "regr_avgx",
                    "regr_avgy",
                    "regr_sxx",
                    "regr_syy",
                    "regr_sxy" -> 6;
            default -> 0;
        };
    }

    /**
     * The columns of the state of a call.
     *
     * @param position of the call in its node; part of the names
     * @param input schema that the call's arguments refer to
     */
    public static List<Field> fields(AggregateCall call, int position, Schema input) {
        if (width(call) == 0) {
            return List.of();
        }
        String name = call.function() + position;
        return switch (call.function()) {
            case "count" -> List.of(new Field(name, Scalar.BIGINT, false));
            case "min", "max" ->
                List.of(new Field(name, input.type(call.arguments().get(0))));
            case "sum", "avg" ->
                List.of(
                        new Field(
                                name + "_sum",
                                sumType(input.type(call.arguments().get(0))),
                                false),
                        new Field(name + "_count", Scalar.BIGINT, false));
            case "bool_and", "bool_or" ->
                List.of(
                        new Field(name + "_true", Scalar.BIGINT, false),
                        new Field(name + "_false", Scalar.BIGINT, false));
            case "bit_and", "bit_or", "bit_xor" -> List.of(new Field(name, Scalar.BIGINT));
            case "approx_distinct", "approx_median", "approx_percentile_cont", "approx_percentile_cont_with_weight" ->
                List.of(new Field(name, Scalar.BYTES));
            case "stddev", "stddev_samp", "stddev_pop", "var", "var_samp", "var_pop" ->
                List.of(
                        new Field(name + "_count", Scalar.BIGINT, false),
                        new Field(name + "_mean", Scalar.DOUBLE, false),
                        new Field(name + "_m2", Scalar.DOUBLE, false));
            default ->
                List.of(
                        new Field(name + "_count", Scalar.BIGINT, false),
                        new Field(name + "_mean_y", Scalar.DOUBLE, false),
                        new Field(name + "_mean_x", Scalar.DOUBLE, false),
                        new Field(name + "_yy", Scalar.DOUBLE, false),
                        new Field(name + "_xx", Scalar.DOUBLE, false),
                        new Field(name + "_xy", Scalar.DOUBLE, false));
        };
    }

    /** Whether all calls have their state in columns. */
    public static boolean splits(List<AggregateCall> calls) {
        return calls.stream().allMatch(call -> width(call) > 0);
    }

    /** Whether rows of such windows can be folded per pane before they are exchanged, if event time closes them. */
    public static boolean splits(WindowSpec window) {
        return !(window instanceof WindowSpec.Session) && !(window instanceof WindowSpec.Attached);
    }

    /** The output of a PARTIAL node without a window. */
    public static Schema schema(List<Integer> keys, List<AggregateCall> calls, Schema input) {
        List<Field> fields = new ArrayList<>(input.select(keys).fields());
        for (int i = 0; i < calls.size(); i++) {
            fields.addAll(fields(calls.get(i), i, input));
        }
        return new Schema(fields);
    }

    /** The output of a PARTIAL node with a window. */
    public static Schema windowSchema(List<Integer> keys, List<AggregateCall> calls, Schema input) {
        List<Field> fields = new ArrayList<>(schema(keys, calls, input).fields());
        fields.add(new Field(PANE, Scalar.TIMESTAMP, false));
        return new Schema(fields);
    }

    /** Sums are handed on exactly: the parts may leave the range of the result although their sum does not. */
    private static DataType sumType(DataType argument) {
        if (TypeWidening.isFloating(argument)) {
            return Scalar.DOUBLE;
        }
        return new Decimal(Decimal.MAX_PRECISION, argument instanceof Decimal decimal ? decimal.scale() : 0);
    }
}
