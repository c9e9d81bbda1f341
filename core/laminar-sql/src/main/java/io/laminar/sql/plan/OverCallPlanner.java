package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFrame.Bound;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import io.laminar.sql.function.OverFunction;
import io.laminar.sql.function.OverFunction.Details;
import io.laminar.sql.function.OverloadResolution;
import io.laminar.sql.plan.OverPlanner.OverColumns;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.OperatorTyping;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.jspecify.annotations.Nullable;

/** Plans one function OVER rows. */
final class OverCallPlanner {
    private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);
    private static final int DIGITS_OF_LONG = 18;

    private final RexOver over;
    private final OverColumns columns;
    private final @Nullable DataType measured;

    private OverCallPlanner(RexOver over, OverColumns columns, @Nullable DataType measured) {
        this.over = over;
        this.columns = columns;
        this.measured = measured;
    }

    /** @param measured the type of the one sort key; null if there are none or several */
    static OverCall plan(RexOver over, Relation input, OverColumns columns, @Nullable DataType measured) {
        if (!(over.getAggOperator() instanceof OverFunction function)) {
            String name = over.getAggOperator().getName();
            return new OverCall(
                    io.laminar.plan.node.OverFunction.valueOf(name),
                    new AggregateCall(
                            name.toLowerCase(Locale.ROOT), List.of(), false, null, List.of(), Scalar.BIGINT, false),
                    OverFrame.DEFAULT,
                    false,
                    1);
        }
        return new OverCallPlanner(over, columns, measured).plan(function, RelPlanner.converter(input));
    }

    private OverCall plan(OverFunction function, ExpressionConverter converter) {
        Details details = function.details();
        List<Expression> operands = new ArrayList<>();
        for (RexNode operand : over.getOperands()) {
            operands.add(converter.convert(operand));
        }
        List<Expression> given = operands.subList(0, details.arguments());
        List<Operand> typed = given.stream().map(OverCallPlanner::typed).toList();
        DataType type = function.type(typed);
        List<DataType> parameters = parameters(details, typed);
        List<Integer> arguments = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            arguments.add(columns.add(Casts.cast(given.get(i), parameters.get(i)), "argument"));
        }
        int next = details.arguments();
        Integer filter = null;
        if (details.filtered()) {
            filter = columns.add(Casts.cast(operands.get(next++), Scalar.BOOLEAN), "filter");
        }
        List<SortKey> order = new ArrayList<>();
        for (OverFunction.Key key : details.order()) {
            order.add(new SortKey(columns.add(operands.get(next++), "order"), key.descending(), key.nullsFirst()));
        }
        AggregateCall call = new AggregateCall(
                details.name(), arguments, details.distinct(), filter, order, type, function.nullable());
        OverFrame frame = details.frame() == null ? OverFrame.DEFAULT : frame(details.frame(), details.intervals());
        return new OverCall(details.function(), call, frame, details.ignoreNulls(), details.number());
    }

    private static Operand typed(Expression expression) {
        String text = expression instanceof Expression.Literal literal && expression.type() == Scalar.TEXT
                ? (String) literal.value()
                : null;
        return new Operand(expression.type(), text);
    }

    private static List<DataType> parameters(Details details, List<Operand> arguments) {
        boolean aggregates = details.function() == io.laminar.plan.node.OverFunction.AGGREGATE;
        if (aggregates && !arguments.isEmpty()) {
            return OverloadResolution.resolve(Objects.requireNonNull(details.aggregate()), arguments)
                    .parameters();
        }
        return arguments.size() < 2
                ? arguments.stream().map(Operand::type).toList()
                : OperatorTyping.resolve(Operation.COALESCE, arguments).parameters();
    }

    // Frames --------------------------------------------------------------------------------------------------------

    /** The frame with distances in the units of what is measured. */
    private OverFrame frame(OverFrame frame, boolean intervals) {
        if (!frame.measures()) {
            return frame;
        }
        DataType type = measured;
        if (type == null) {
            throw OverRefusals.oneSortKey(over);
        }
        return new OverFrame(frame.unit(), bound(frame.start(), type, intervals), bound(frame.end(), type, intervals));
    }

    private Bound bound(Bound bound, DataType type, boolean intervals) {
        return bound instanceof OverFrame.Offset offset
                ? new OverFrame.Offset(distance(offset.distance(), type, intervals))
                : bound;
    }

    private BigDecimal distance(BigDecimal distance, DataType type, boolean intervals) {
        boolean inTime = type == Scalar.TIMESTAMP
                || type == Scalar.TIMESTAMPTZ
                || type == Scalar.TIME
                || type == Scalar.INTERVAL
                || type == Scalar.DATE;
        if (intervals != inTime || !(inTime || TypeWidening.isNumeric(type))) {
            throw OverRefusals.distance(
                    over, type.sql(), inTime ? "an interval: INTERVAL '1 hour' PRECEDING" : "a number, or count ROWS");
        }
        if (type == Scalar.DATE) {
            return distance.divide(MICROS_PER_DAY, 0, RoundingMode.DOWN);
        }
        if (type instanceof Decimal decimal) {
            if (decimal.precision() > DIGITS_OF_LONG) {
                throw OverRefusals.distance(
                        over, type.sql(), "ORDER BY CAST(x AS DECIMAL(18, " + decimal.scale() + ")), or count ROWS");
            }
            return distance.movePointRight(decimal.scale()).setScale(0, RoundingMode.DOWN);
        }
        return TypeWidening.isFloating(type) ? distance : distance.setScale(0, RoundingMode.DOWN);
    }
}
