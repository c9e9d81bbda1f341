package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Expressions and rows that fit a schema with a column (or two) of every type. */
final class RandomExpressions {
    static final ListType INTS = new ListType(Scalar.INT);
    static final ListType TEXTS = new ListType(Scalar.TEXT);
    static final StructType POINT = new StructType(List.of(new Field("x", Scalar.INT), new Field("y", Scalar.TEXT)));
    static final MapType COUNTS = new MapType(Scalar.TEXT, Scalar.BIGINT);
    static final Decimal SMALL = new Decimal(9, 2);
    static final Decimal LONG = new Decimal(18, 4);
    static final Decimal WIDE = new Decimal(34, 6);

    static final List<DataType> TYPES = List.of(
            Scalar.BOOLEAN,
            Scalar.TINYINT,
            Scalar.SMALLINT,
            Scalar.INT,
            Scalar.BIGINT,
            Scalar.FLOAT,
            Scalar.DOUBLE,
            SMALL,
            LONG,
            WIDE,
            Scalar.TEXT,
            Scalar.BYTES,
            Scalar.DATE,
            Scalar.TIME,
            Scalar.TIMESTAMP,
            Scalar.TIMESTAMPTZ,
            Scalar.INTERVAL,
            Scalar.INTERVAL_MONTHS,
            INTS,
            TEXTS,
            POINT,
            COUNTS);
    static final Schema SCHEMA = schema();

    private static final List<Operation> COMPARISONS = List.of(
            Operation.EQUAL,
            Operation.NOT_EQUAL,
            Operation.LESS,
            Operation.LESS_OR_EQUAL,
            Operation.GREATER,
            Operation.GREATER_OR_EQUAL,
            Operation.DISTINCT,
            Operation.NOT_DISTINCT);
    private static final List<Operation> ARITHMETIC =
            List.of(Operation.ADD, Operation.SUBTRACT, Operation.MULTIPLY, Operation.DIVIDE, Operation.MODULO);
    private static final String[] WORDS = {
        "",
        "a",
        "ab",
        "abc",
        "Ab",
        "zürich",
        "ZÜRICH",
        "日本",
        "%",
        "a_c",
        "12",
        "-7",
        "3.25",
        "true",
        "no",
        "2024-02-29",
        "2024-02-29 12:30:00",
        "12:30:01.5",
        "1 day 02:00:00",
        "2 months",
        "99999999999",
        "1e3",
        "NaN",
        "𝄞",
        "\\x0aff",
        "[1,2]",
    };
    private static final String[] PATTERNS = {
        "%", "a%", "%b", "%b%", "a_c", "_", "__", "%a%c%", "Z%CH", "ab", "a\\%", "_ü%"
    };

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** Column 2i may be null, column 2i + 1 has no nulls. */
    private static Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            fields.add(new Field("n" + i, TYPES.get(i), true));
            fields.add(new Field("d" + i, TYPES.get(i), false));
        }
        return new Schema(fields);
    }

    List<Object> row(boolean nulls) {
        List<Object> row = new ArrayList<>();
        for (DataType type : TYPES) {
            row.add(nulls && random.nextInt(4) == 0 ? null : value(type));
            row.add(value(type));
        }
        return row;
    }

    Object value(DataType type) {
        if (type instanceof Decimal decimal) {
            int digits = 1 + random.nextInt(decimal.precision());
            BigInteger unscaled = new BigInteger((int) (digits * 3.3), random).mod(BigInteger.TEN.pow(digits));
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
        }
        if (type instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(random.nextInt(5) == 0 ? null : value(list.element()));
            }
            return elements;
        }
        if (type instanceof StructType struct) {
            List<Object> members = new ArrayList<>();
            struct.fields().forEach(f -> members.add(random.nextInt(5) == 0 ? null : value(f.type())));
            return members;
        }
        if (type instanceof MapType map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                entries.put(value(map.key()), random.nextInt(5) == 0 ? null : value(map.value()));
            }
            return entries;
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (int) (byte) integer();
            case SMALLINT -> (int) (short) integer();
            case INT -> (int) integer();
            case BIGINT -> integer();
            case FLOAT -> (double) (float) real();
            case DOUBLE -> real();
            case DATE -> random.nextInt(60_000) - 20_000;
            case TIME -> (random.nextLong() & Long.MAX_VALUE) % 86_400_000_000L;
            case TIMESTAMP, TIMESTAMPTZ -> random.nextInt(100) == 0 ? Long.MAX_VALUE / 3 : random.nextLong() >> 12;
            case INTERVAL -> random.nextLong() >> 8 + random.nextInt(50);
            case INTERVAL_MONTHS -> (long) random.nextInt(100) - 50;
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(4)];
                random.nextBytes(bytes);
                yield bytes;
            }
            default -> WORDS[random.nextInt(WORDS.length)];
        };
    }

    private long integer() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
            case 3 -> random.nextInt();
            default -> random.nextInt(20) - 10;
        };
    }

    private double real() {
        return switch (random.nextInt(8)) {
            case 0 -> 0.0;
            case 1 -> Double.NaN;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> random.nextGaussian() * 1e20;
            case 4 -> -0.0;
            default -> random.nextInt(2000) / 8.0 - 100;
        };
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    DataType type() {
        return any(TYPES);
    }

    Expression expression(DataType type, int depth) {
        if (depth <= 0 || random.nextInt(6) == 0) {
            return leaf(type);
        }
        switch (random.nextInt(8)) {
            case 0:
                return choice(type, depth);
            case 1:
                return Ex.call(
                        Operation.COALESCE, type, expression(type, depth - 1), expression(type, depth - 1), leaf(type));
            default:
                return specific(type, depth - 1);
        }
    }

    private Expression leaf(DataType type) {
        int position = TYPES.indexOf(type);
        int kind = random.nextInt(5);
        if (kind < 3 && position >= 0) {
            return Ex.in(SCHEMA, 2 * position + (kind == 0 ? 1 : 0));
        }
        return kind == 3 && random.nextInt(3) == 0 ? Ex.nul(type) : Ex.lit(type, value(type));
    }

    private Expression choice(DataType type, int depth) {
        List<Expression.Case.Branch> branches = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            branches.add(
                    new Expression.Case.Branch(expression(Scalar.BOOLEAN, depth - 1), expression(type, depth - 1)));
        }
        return new Expression.Case(branches, expression(type, depth - 1), type, true);
    }

    private Expression specific(DataType type, int depth) {
        if (type instanceof Decimal decimal) {
            return decimal(decimal, depth);
        }
        if (type == POINT) {
            return Ex.call(Operation.STRUCT, type, expression(Scalar.INT, depth), expression(Scalar.TEXT, depth));
        }
        if (type instanceof ListType list) {
            return random.nextInt(3) == 0
                    ? Ex.cast(expression(type == INTS ? TEXTS : INTS, depth), type)
                    : Ex.call(
                            Operation.ARRAY,
                            type,
                            expression(list.element(), depth),
                            expression(list.element(), depth));
        }
        if (type instanceof MapType map) {
            return Ex.call(
                    Operation.MAP,
                    type,
                    expression(map.key(), depth),
                    expression(map.value(), depth),
                    Ex.lit("z"),
                    Ex.lit(1L));
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> bool(depth);
            case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> number(type, depth);
            case TEXT -> text(depth);
            default -> other(type, depth);
        };
    }

    private Expression bool(int depth) {
        Expression a = expression(Scalar.BOOLEAN, depth);
        switch (random.nextInt(9)) {
            case 0:
                return Ex.test(
                        random.nextBoolean() ? Operation.AND : Operation.OR,
                        a,
                        expression(Scalar.BOOLEAN, depth),
                        expression(Scalar.BOOLEAN, depth));
            case 1:
                return Ex.test(Operation.NOT, a);
            case 2:
                return Ex.test(
                        any(List.of(
                                Operation.IS_TRUE, Operation.IS_NOT_TRUE, Operation.IS_FALSE, Operation.IS_NOT_FALSE)),
                        a);
            case 3:
                return Ex.test(
                        random.nextBoolean() ? Operation.IS_NULL : Operation.IS_NOT_NULL, expression(type(), depth));
            case 4:
                return in(depth);
            case 5:
                Expression pattern = random.nextInt(4) == 0
                        ? expression(Scalar.TEXT, 0)
                        : Ex.lit(PATTERNS[random.nextInt(PATTERNS.length)]);
                return Ex.test(
                        random.nextBoolean() ? Operation.LIKE : Operation.ILIKE,
                        expression(Scalar.TEXT, depth),
                        pattern,
                        Ex.lit(random.nextBoolean() ? "\\" : ""));
            default:
                // Maps have no order.
                DataType type = TYPES.get(random.nextInt(TYPES.size() - 1));
                return Ex.test(any(COMPARISONS), expression(type, depth), expression(type, depth));
        }
    }

    private Expression in(int depth) {
        DataType type = TYPES.get(random.nextInt(TYPES.size() - 1));
        List<Expression> arguments = new ArrayList<>(List.of(expression(type, depth)));
        boolean constant = random.nextBoolean();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            arguments.add(constant ? Ex.lit(type, random.nextInt(8) == 0 ? null : value(type)) : leaf(type));
        }
        return new Expression.Call(Operation.IN, arguments, Scalar.BOOLEAN, true);
    }

    private Expression number(DataType type, int depth) {
        if (type == Scalar.INT && random.nextInt(4) == 0) {
            return random.nextBoolean()
                    ? new Expression.Member(expression(POINT, depth), 0, Scalar.INT, true)
                    : nullable(Ex.call(
                            Operation.ELEMENT, Scalar.INT, expression(INTS, depth), expression(Scalar.BIGINT, 0)));
        }
        if (type == Scalar.INT && random.nextInt(6) == 0) {
            return Ex.call(Operation.SUBTRACT, type, expression(Scalar.DATE, depth), expression(Scalar.DATE, depth));
        }
        if (type == Scalar.BIGINT && random.nextInt(5) == 0) {
            return nullable(
                    Ex.call(Operation.ELEMENT, Scalar.BIGINT, expression(COUNTS, depth), expression(Scalar.TEXT, 0)));
        }
        return switch (random.nextInt(5)) {
            case 0 -> Ex.call(Operation.NEGATE, type, expression(type, depth));
            case 1 -> converted(type, depth);
            default -> Ex.call(any(ARITHMETIC), type, expression(type, depth), expression(type, depth));
        };
    }

    private static Expression nullable(Expression expression) {
        Expression.Call call = (Expression.Call) expression;
        return new Expression.Call(call.operation(), call.arguments(), call.type(), true);
    }

    private Expression converted(DataType type, int depth) {
        DataType from = any(List.of(
                Scalar.BOOLEAN,
                Scalar.TINYINT,
                Scalar.SMALLINT,
                Scalar.INT,
                Scalar.BIGINT,
                Scalar.FLOAT,
                Scalar.DOUBLE,
                SMALL,
                LONG,
                WIDE,
                Scalar.TEXT));
        Expression argument = expression(from, depth);
        return random.nextBoolean() ? Ex.cast(argument, type) : Ex.tryCast(argument, type);
    }

    private Expression decimal(Decimal type, int depth) {
        if (random.nextInt(4) == 0) {
            return converted(type, depth);
        }
        if (random.nextInt(6) == 0) {
            return Ex.call(Operation.NEGATE, type, expression(type, depth));
        }
        DataType other = any(List.of(type, type, SMALL, LONG, WIDE));
        return Ex.call(any(ARITHMETIC), type, expression(type, depth), expression(other, depth));
    }

    private Expression text(int depth) {
        switch (random.nextInt(4)) {
            case 0:
                return Ex.cast(expression(type(), depth), Scalar.TEXT);
            case 1:
                return new Expression.Member(expression(POINT, depth), 1, Scalar.TEXT, true);
            case 2:
                return nullable(Ex.call(
                        Operation.ELEMENT, Scalar.TEXT, expression(TEXTS, depth), expression(Scalar.BIGINT, 0)));
            default:
                return Ex.call(
                        Operation.CONCAT,
                        Scalar.TEXT,
                        expression(Scalar.TEXT, depth),
                        expression(Scalar.TEXT, depth),
                        expression(Scalar.TEXT, 0));
        }
    }

    private Expression other(DataType type, int depth) {
        Expression same = expression(type, depth);
        Expression interval = expression(Scalar.INTERVAL, depth);
        Operation plusMinus = random.nextBoolean() ? Operation.ADD : Operation.SUBTRACT;
        int kind = random.nextInt(5);
        if (kind == 0) {
            Expression text = expression(Scalar.TEXT, depth);
            return random.nextInt(4) == 0 ? Ex.cast(text, type) : Ex.tryCast(text, type);
        }
        switch ((Scalar) type) {
            case DATE:
                return kind < 3
                        ? Ex.cast(expression(Scalar.TIMESTAMP, depth), type)
                        : Ex.call(plusMinus, type, same, expression(Scalar.INTERVAL_MONTHS, depth));
            case TIME:
                return kind < 3
                        ? Ex.cast(expression(Scalar.TIMESTAMP, depth), type)
                        : Ex.call(plusMinus, type, same, interval);
            case TIMESTAMP:
                if (kind == 1) {
                    return Ex.cast(expression(Scalar.DATE, depth), type);
                }
                if (kind == 2) {
                    return Ex.call(plusMinus, type, expression(Scalar.DATE, depth), interval);
                }
                return kind == 3
                        ? Ex.call(plusMinus, type, same, expression(Scalar.INTERVAL_MONTHS, depth))
                        : Ex.call(plusMinus, type, same, interval);
            case TIMESTAMPTZ:
                return Ex.call(plusMinus, type, same, interval);
            case INTERVAL:
                if (kind == 1) {
                    Expression time = expression(Scalar.TIMESTAMP, depth);
                    return Ex.call(Operation.SUBTRACT, type, time, expression(Scalar.TIMESTAMP, depth));
                }
                if (kind == 2) {
                    return Ex.call(Operation.MULTIPLY, type, same, expression(Scalar.BIGINT, depth));
                }
                if (kind == 3) {
                    Operation scale = random.nextBoolean() ? Operation.MULTIPLY : Operation.DIVIDE;
                    return Ex.call(scale, type, same, expression(Scalar.DOUBLE, depth));
                }
                return Ex.call(plusMinus, type, same, interval);
            case INTERVAL_MONTHS:
                return Ex.call(plusMinus, type, same, expression(type, depth));
            default:
                return same;
        }
    }

    static String shown(List<?> row) {
        return Arrays.toString(row.stream()
                .map(v -> v instanceof byte[] bytes ? Arrays.toString(bytes) : v)
                .toArray());
    }
}
