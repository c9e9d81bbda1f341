package io.laminar.execution.stateful;

import io.laminar.execution.stateful.MatchOracle.Condition;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchSkip;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.MatchValue.Navigation;
import io.laminar.plan.node.RowPattern;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;

/** Random patterns with random conditions, and measures that show which rows have matched. */
final class RandomMatches {
    static final Schema INPUT = Schema.of(new Field("k", Scalar.BIGINT), new Field("v", Scalar.BIGINT));
    private static final int KEY = 0;
    private static final int VALUE = 1;
    private static final long LIMIT = 1_000_000;

    private final Random random;
    private final int count;
    final List<Condition> conditions = new ArrayList<>();

    RandomMatches(Random random) {
        this.random = random;
        this.count = 1 + random.nextInt(4);
    }

    MatchNode node() {
        List<String> names = new ArrayList<>();
        List<MatchFrame> frames = new ArrayList<>();
        boolean history = random.nextBoolean();
        for (int v = 0; v < count; v++) {
            names.add(String.valueOf((char) ('a' + v)));
            frames.add(condition(v, history));
        }
        boolean allRows = random.nextInt(3) == 0;
        List<Field> fields = new ArrayList<>();
        MatchFrame measures = measures(allRows);
        for (Expression measure : measures.expressions()) {
            fields.add(new Field("m" + fields.size(), measure.type(), measure.nullable()));
        }
        return new MatchNode(
                new InputStub(INPUT, ChangelogMode.APPEND),
                List.of(KEY),
                List.of(),
                names,
                pattern(3, allRows),
                frames,
                random.nextInt(12) == 0,
                random.nextInt(12) == 0,
                random.nextInt(3) == 0 ? 3 + random.nextInt(15) : 0,
                skip(),
                allRows,
                measures,
                LIMIT,
                new Schema(fields));
    }

    private MatchSkip skip() {
        MatchSkip.Kind kind = MatchSkip.Kind.values()[random.nextInt(8) < 6 ? random.nextInt(2) : random.nextInt(4)];
        boolean named = kind == MatchSkip.Kind.TO_FIRST || kind == MatchSkip.Kind.TO_LAST;
        return new MatchSkip(kind, named ? 1L << random.nextInt(count) : 0);
    }

    private RowPattern pattern(int depth, boolean allRows) {
        int kind = depth == 0 ? 0 : random.nextInt(9);
        if (kind <= 1) {
            return new RowPattern.Variable(random.nextInt(count));
        } else if (kind <= 4) {
            return new RowPattern.Sequence(several(depth, allRows));
        } else if (kind == 5) {
            return new RowPattern.Choice(several(depth, allRows));
        } else if (kind == 6 && allRows) {
            return new RowPattern.Excluded(pattern(depth - 1, true));
        }
        int least = random.nextInt(3);
        int most = random.nextBoolean() ? RowPattern.Repeat.UNLIMITED : Math.max(1, least + random.nextInt(3));
        return new RowPattern.Repeat(pattern(depth - 1, allRows), least, most, random.nextInt(3) > 0);
    }

    private List<RowPattern> several(int depth, boolean allRows) {
        List<RowPattern> parts = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            parts.add(pattern(depth - 1, allRows));
        }
        return parts;
    }

    // Conditions ----------------------------------------------------------------------------------------------------

    private MatchFrame condition(int variable, boolean history) {
        int kind = random.nextInt(history ? 10 : 5);
        int other = random.nextInt(count);
        long constant = random.nextInt(6);
        return switch (kind) {
            case 0 -> always();
            case 1, 2 -> compare(last(MatchValue.ALL, 0, 0), Operation.LESS, constant, variable);
            case 3 -> compare(Operation.GREATER, last(1L << variable, 0, 0), last(MatchValue.ALL, 0, -1 - other % 2));
            case 4 -> compare(Operation.LESS_OR_EQUAL, last(MatchValue.ALL, 0, 0), last(MatchValue.ALL, 0, 1));
            case 5 ->
                compare(Operation.GREATER_OR_EQUAL, last(MatchValue.ALL, 0, 0), first(1L << other, (int) constant % 2));
            case 6 ->
                compare(Operation.NOT_EQUAL, last(MatchValue.ALL, 0, 0), last(1L << other, (int) constant % 2, 0));
            case 7 -> compare(Operation.GREATER, last(MatchValue.ALL, 0, 0), last(MatchValue.ALL, 1, 0));
            case 8 -> compare(sum(1L << other | 1L << variable), Operation.LESS, constant + 4, variable);
            default ->
                compare(
                        new MatchValue.Aggregate(
                                "count",
                                List.of(),
                                false,
                                random.nextBoolean() ? MatchValue.ALL : 1L << other,
                                false,
                                Scalar.BIGINT,
                                false),
                        Operation.LESS_OR_EQUAL,
                        constant,
                        variable);
        };
    }

    private MatchFrame always() {
        conditions.add((rows, start, variables) -> true);
        return new MatchFrame(List.of(), List.of(new Expression.Literal(true, Scalar.BOOLEAN)));
    }

    private static Navigation last(long variables, int offset, int shift) {
        return new Navigation(VALUE, variables, false, offset, shift, false, Scalar.BIGINT);
    }

    private static Navigation first(long variables, int offset) {
        return new Navigation(VALUE, variables, true, offset, 0, false, Scalar.BIGINT);
    }

    private static MatchValue sum(long variables) {
        Expression value = new Expression.Input(VALUE, Scalar.BIGINT, true);
        return new MatchValue.Aggregate("max", List.of(value), false, variables, false, Scalar.BIGINT, true);
    }

    private MatchFrame compare(MatchValue left, Operation operation, long constant, int variable) {
        BiPredicate<Long, Long> test = test(operation);
        conditions.add((rows, start, variables) -> {
            Long value = value(left, rows, start, variables, variables.size());
            return value != null && test.test(value, constant);
        });
        return new MatchFrame(
                List.of(left),
                List.of(call(operation, input(left, 0), new Expression.Literal(constant, Scalar.BIGINT))));
    }

    private MatchFrame compare(Operation operation, MatchValue left, MatchValue right) {
        BiPredicate<Long, Long> test = test(operation);
        conditions.add((rows, start, variables) -> {
            Long one = value(left, rows, start, variables, variables.size());
            Long two = value(right, rows, start, variables, variables.size());
            return one != null && two != null && test.test(one, two);
        });
        return new MatchFrame(List.of(left, right), List.of(call(operation, input(left, 0), input(right, 1))));
    }

    private static Expression input(MatchValue value, int index) {
        return new Expression.Input(index, value.type(), value.nullable());
    }

    private static Expression call(Operation operation, Expression left, Expression right) {
        return new Expression.Call(
                operation, List.of(left, right), Scalar.BOOLEAN, left.nullable() || right.nullable());
    }

    private static BiPredicate<Long, Long> test(Operation operation) {
        return switch (operation) {
            case LESS -> (a, b) -> a < b;
            case LESS_OR_EQUAL -> (a, b) -> a <= b;
            case GREATER -> (a, b) -> a > b;
            case GREATER_OR_EQUAL -> (a, b) -> a >= b;
            default -> (a, b) -> !a.equals(b);
        };
    }

    // Measures ------------------------------------------------------------------------------------------------------

    private MatchFrame measures(boolean allRows) {
        Expression value = new Expression.Input(VALUE, Scalar.BIGINT, true);
        Expression classifier = new Expression.Input(INPUT.size(), Scalar.TEXT, true);
        long some = 1L << random.nextInt(count) | 1L << random.nextInt(count);
        boolean whole = random.nextBoolean();
        List<MatchValue> values = new ArrayList<>(List.of(
                new MatchValue.OwnColumn(KEY, Scalar.BIGINT, true),
                new MatchValue.OwnColumn(VALUE, Scalar.BIGINT, true),
                new MatchValue.MatchNumber(),
                new Navigation(Navigation.CLASSIFIER, MatchValue.ALL, false, 0, 0, false, Scalar.TEXT),
                new MatchValue.Aggregate(
                        "array_agg", List.of(classifier), false, MatchValue.ALL, true, new ListType(Scalar.TEXT), true),
                new MatchValue.Aggregate(
                        "array_agg", List.of(value), false, some, whole, new ListType(Scalar.BIGINT), true),
                new Navigation(
                        VALUE,
                        some,
                        random.nextBoolean(),
                        random.nextInt(2),
                        random.nextInt(3) - 1,
                        whole,
                        Scalar.BIGINT),
                new Navigation(VALUE, MatchValue.ALL, false, 0, -1 - random.nextInt(2), false, Scalar.BIGINT)));
        if (allRows) {
            values.add(new MatchValue.Aggregate("count", List.of(), false, some, false, Scalar.BIGINT, false));
        }
        List<Expression> expressions = new ArrayList<>();
        for (MatchValue each : values) {
            expressions.add(input(each, expressions.size()));
        }
        return new MatchFrame(values, expressions);
    }

    /** The rows that a match gives out, as the operator should. */
    static List<List<Object>> output(
            MatchNode node, Long key, List<MatchOracle.Row> rows, List<MatchOracle.Found> matches) {
        List<List<Object>> output = new ArrayList<>();
        for (int m = 0; m < matches.size(); m++) {
            MatchOracle.Found match = matches.get(m);
            int length = match.variables().size();
            if (!node.allRows() || length == 0) {
                output.add(row(node, key, rows, match, m + 1L, length, match.start()));
                continue;
            }
            for (int i = 0; i < length; i++) {
                if (!match.hidden().get(i)) {
                    output.add(row(node, key, rows, match, m + 1L, i + 1, match.start() + i));
                }
            }
        }
        return output;
    }

    private static List<Object> row(
            MatchNode node,
            Long key,
            List<MatchOracle.Row> rows,
            MatchOracle.Found match,
            long number,
            int upTo,
            int own) {
        List<Object> values = new ArrayList<>();
        for (MatchValue value : node.measures().values()) {
            if (value instanceof MatchValue.OwnColumn column) {
                values.add(column.column() == KEY ? key : rows.get(own).value());
            } else if (value instanceof MatchValue.MatchNumber) {
                values.add(number);
            } else {
                values.add(measured(node, value, rows, match, upTo));
            }
        }
        return values;
    }

    private static Object measured(
            MatchNode node, MatchValue value, List<MatchOracle.Row> rows, MatchOracle.Found match, int upTo) {
        boolean whole =
                value instanceof MatchValue.Aggregate aggregate ? aggregate.whole() : ((Navigation) value).whole();
        int seen = whole ? match.variables().size() : upTo;
        if (value instanceof MatchValue.Aggregate aggregate
                && aggregate.function().equals("array_agg")) {
            List<Object> collected = new ArrayList<>();
            boolean names = ((ListType) aggregate.type()).element() == Scalar.TEXT;
            for (int i = 0; i < seen; i++) {
                if ((aggregate.variables() >>> match.variables().get(i) & 1) != 0) {
                    collected.add(
                            names
                                    ? node.variables().get(match.variables().get(i))
                                    : rows.get(match.start() + i).value());
                }
            }
            return collected.isEmpty() ? null : collected;
        }
        if (value instanceof Navigation to && to.column() == Navigation.CLASSIFIER) {
            return seen == 0 ? null : node.variables().get(match.variables().get(seen - 1));
        }
        return value(value, rows, match.start(), match.variables(), seen);
    }

    /** A value over the first {@code seen} rows of a match. */
    private static Long value(
            MatchValue value, List<MatchOracle.Row> rows, int start, List<Integer> variables, int seen) {
        long set = value instanceof Navigation to ? to.variables() : ((MatchValue.Aggregate) value).variables();
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < seen; i++) {
            if ((set >>> variables.get(i) & 1) != 0) {
                members.add(start + i);
            }
        }
        if (value instanceof Navigation to) {
            int index = to.first() ? to.offset() : members.size() - 1 - to.offset();
            if (index < 0 || index >= members.size()) {
                return null;
            }
            int row = members.get(index) + to.shift();
            return row < 0 || row >= rows.size() ? null : rows.get(row).value();
        }
        if (((MatchValue.Aggregate) value).function().equals("count")) {
            return (long) members.size();
        }
        return members.stream()
                .map(row -> rows.get(row).value())
                .filter(v -> v != null)
                .max(Long::compare)
                .orElse(null);
    }
}
