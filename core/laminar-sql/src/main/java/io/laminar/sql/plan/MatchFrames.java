package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchValue;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.SignatureMatch;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.function.OverloadResolution;
import io.laminar.sql.function.PatternOperator;
import io.laminar.sql.function.PatternOperator.Navigation.Way;
import io.laminar.sql.function.PatternOperator.Rows;
import io.laminar.sql.function.RowTimeOperator;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.RelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Conditions and measures of MATCH_RECOGNIZE: collects the values they read, each once. */
final class MatchFrames {
    /** A column that no navigation stands around is that of the current row. */
    private static final Way CURRENT = new Way(new Rows(MatchValue.ALL, false), false, 0, 0);

    private final Relation input;
    private final RexBuilder builder;
    private final List<MatchValue> values = new ArrayList<>();

    MatchFrames(Relation input, RexBuilder builder) {
        this.input = input;
        this.builder = builder;
    }

    MatchFrame frame(List<Expression> expressions) {
        return new MatchFrame(values, expressions);
    }

    /** A condition or measure over the values. */
    Expression convert(RexNode node) {
        Expression expression = new ExpressionConverter(this::value).convert(node.accept(new Collector(CURRENT)));
        if (Expressions.isVolatile(expression)) {
            throw new LaminarException(
                    ErrorCode.INVALID_PATTERN,
                    expression + " gives another value each time, so matches would depend on how often it is asked",
                    "compute it in a query below and name the column");
        }
        return expression;
    }

    /** A column of the row that is given out. */
    Expression own(RexNode node) {
        Expression column = RelPlanner.converter(input).convert(node);
        if (column instanceof Expression.Input plain) {
            return value(add(new MatchValue.OwnColumn(plain.index(), plain.type(), plain.nullable())));
        }
        // A member of a struct: the struct is read and the member computed.
        return Expressions.moveInputs(column, index -> add(own(index)));
    }

    private MatchValue.OwnColumn own(int physical) {
        var field = input.node().schema().field(physical);
        return new MatchValue.OwnColumn(physical, field.type(), field.nullable());
    }

    private Expression value(int index) {
        MatchValue value = values.get(index);
        return new Expression.Input(index, value.type(), value.nullable());
    }

    private int add(MatchValue value) {
        int known = values.indexOf(value);
        if (known >= 0) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    private RexNode reference(MatchValue value) {
        RelDataType type = RelTypes.of(builder.getTypeFactory(), value.type(), value.nullable());
        return new RexInputRef(add(value), type);
    }

    private MatchValue.Navigation navigation(Way way, int column, DataType type) {
        return new MatchValue.Navigation(
                column,
                way.rows().variables(),
                way.first(),
                way.offset(),
                way.shift(),
                way.rows().whole(),
                type);
    }

    /** Replaces columns and pattern operators by references to values. */
    private final class Collector extends RexShuttle {
        private final Way way;

        /** @param way to the row whose columns are meant */
        Collector(Way way) {
            this.way = way;
        }

        @Override
        public RexNode visitInputRef(RexInputRef reference) {
            Expression column = RelPlanner.converter(input).column(reference.getIndex());
            int physical = ((Expression.Input) column).index();
            return reference(navigation(way, physical, column.type()));
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (call.getOperator() instanceof PatternOperator.Navigation navigation) {
                return navigated(navigation.way(), call.getOperands().get(0), call.getType());
            } else if (call.getOperator() instanceof PatternOperator.Aggregate aggregate) {
                return reference(aggregate(aggregate, call.getOperands()));
            } else if (call.getOperator() instanceof PatternOperator.Classifier) {
                return reference(navigation(way, MatchValue.Navigation.CLASSIFIER, Scalar.TEXT));
            } else if (call.getOperator() instanceof PatternOperator.MatchNumber) {
                return reference(new MatchValue.MatchNumber());
            } else if (call.getOperator() instanceof RowTimeOperator) {
                return reference(navigation(way, MatchValue.Navigation.ROWTIME, Scalar.TIMESTAMP));
            }
            return super.visitCall(call);
        }

        /** What is computed from columns of a row is NULL where there is no such row. */
        private RexNode navigated(Way to, RexNode operand, RelDataType type) {
            RexNode value = operand.accept(new Collector(to));
            if (value instanceof RexInputRef) {
                return value;
            }
            RexNode exists = reference(navigation(to, MatchValue.Navigation.EXISTS, Scalar.BOOLEAN));
            return builder.makeCall(
                    type, SqlStdOperatorTable.CASE, List.of(exists, value, builder.makeNullLiteral(type)));
        }
    }

    private MatchValue aggregate(PatternOperator.Aggregate aggregate, List<RexNode> operands) {
        int width = input.columns().size();
        ExpressionConverter columns = RelPlanner.converter(input);
        int classifier = input.node().schema().size();
        ExpressionConverter converter = new ExpressionConverter(
                index -> index == width ? new Expression.Input(classifier, Scalar.TEXT, true) : columns.column(index));
        List<Expression> arguments = new ArrayList<>();
        for (RexNode operand : operands) {
            arguments.add(converter.convert(operand.accept(new Classifiers(width))));
        }
        List<Operand> typed =
                arguments.stream().map(argument -> Operand.of(argument.type())).toList();
        DataType type = Scalar.BIGINT;
        if (!aggregate.counts() || !typed.isEmpty()) {
            SignatureMatch match = OverloadResolution.resolve(aggregate.declaration(), typed);
            for (int i = 0; i < arguments.size(); i++) {
                arguments.set(i, Casts.cast(arguments.get(i), match.parameters().get(i)));
            }
            type = match.result();
        }
        Rows rows = aggregate.rows();
        return new MatchValue.Aggregate(
                aggregate.declaration().name(),
                arguments,
                aggregate.distinct(),
                rows.variables(),
                rows.whole(),
                type,
                !aggregate.counts());
    }

    /** CLASSIFIER() in an aggregate as a column behind all others. */
    private static final class Classifiers extends RexShuttle {
        private final int column;

        Classifiers(int column) {
            this.column = column;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            return call.getOperator() instanceof PatternOperator.Classifier
                    ? new RexInputRef(column, call.getType())
                    : super.visitCall(call);
        }
    }
}
