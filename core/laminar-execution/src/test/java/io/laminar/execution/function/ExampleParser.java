package io.laminar.execution.function;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.SignatureMatch;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads calls of functions on literals, the part of SQL that examples of functions are written in. */
final class ExampleParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)|'(?<text>(?:[^']|'')*)'|(?<word>\\w+)|(?<sign><=|>=|[-(),<>=\\[\\]]))\\s*");

    private final String sql;
    private final FunctionRegistry registry;
    private final Matcher matcher;
    private final Map<String, FunctionDeclaration> functions = new HashMap<>();
    private int position;
    private boolean ended;

    private ExampleParser(String sql, FunctionRegistry registry) {
        this.sql = sql;
        this.registry = registry;
        this.matcher = TOKEN.matcher(sql);
        for (FunctionDeclaration declaration : registry.declarations()) {
            functions.put(declaration.name(), declaration);
            declaration.aliases().forEach(alias -> functions.put(alias, declaration));
        }
        advance();
    }

    static Expression parse(String sql, FunctionRegistry registry) {
        ExampleParser parser = new ExampleParser(sql, registry);
        Expression expression = parser.comparison();
        parser.require(parser.ended, "the end");
        return expression;
    }

    private void advance() {
        if (position == sql.length()) {
            ended = true;
            return;
        }
        matcher.region(position, sql.length());
        require(matcher.lookingAt(), "a token");
        position = matcher.end();
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + what + " in " + sql);
        }
    }

    private boolean at(String sign) {
        return !ended && sign.equals(matcher.group("sign"));
    }

    private boolean take(String sign) {
        boolean there = at(sign);
        if (there) {
            advance();
        }
        return there;
    }

    private String text() {
        String text = matcher.group("text");
        require(text != null, "a text");
        advance();
        return text.replace("''", "'");
    }

    private Expression comparison() {
        Expression left = value();
        if (ended || matcher.group("sign") == null) {
            return left;
        }
        Operation operation =
                switch (matcher.group("sign")) {
                    case "<" -> Operation.LESS;
                    case ">" -> Operation.GREATER;
                    case ">=" -> Operation.GREATER_OR_EQUAL;
                    case "<=" -> Operation.LESS_OR_EQUAL;
                    case "=" -> Operation.EQUAL;
                    default -> null;
                };
        if (operation == null) {
            return left;
        }
        advance();
        Expression right = value();
        DataType common =
                TypeWidening.common(List.of(left.type(), right.type())).orElseThrow();
        return new Expression.Call(operation, List.of(cast(left, common), cast(right, common)), Scalar.BOOLEAN, true);
    }

    private Expression value() {
        if (take("-")) {
            Expression.Literal number = (Expression.Literal) value();
            Object negated = number.value() instanceof BigDecimal d
                    ? d.negate()
                    : number.value() instanceof Double f
                            ? (Object) (-f)
                            : number.value() instanceof Integer i ? (Object) (-i) : (Object) (-(Long) number.value());
            return new Expression.Literal(negated, number.type());
        }
        if (matcher.group("number") != null) {
            return number();
        }
        if (matcher.group("text") != null) {
            return new Expression.Literal(text(), Scalar.TEXT);
        }
        require(matcher.group("word") != null, "a value");
        String word = matcher.group("word");
        advance();
        if (take("(")) {
            return call(word.toLowerCase(Locale.ROOT), list(")"));
        }
        if (word.equals("ARRAY")) {
            require(take("["), "[");
            return array(list("]"));
        }
        return switch (word) {
            case "NULL" -> new Expression.Literal(null, Scalar.NULL);
            case "TRUE" -> new Expression.Literal(true, Scalar.BOOLEAN);
            case "FALSE" -> new Expression.Literal(false, Scalar.BOOLEAN);
            case "JSON" -> new Expression.Literal(text(), Scalar.JSON);
            default -> temporal(word, text().getBytes(StandardCharsets.UTF_8));
        };
    }

    private Expression temporal(String word, byte[] text) {
        Scalar type = Scalar.valueOf(word);
        if (type == Scalar.INTERVAL && !ended && matcher.group("word") != null) {
            type = Scalar.INTERVAL_MONTHS;
            require(matcher.group("word").equals("MONTH"), "MONTH");
            advance();
            long months = Long.parseLong(new String(text, StandardCharsets.UTF_8));
            return new Expression.Literal(months, type);
        }
        long value =
                switch (type) {
                    case DATE -> TemporalText.parseDate(text, 0, text.length);
                    case TIME -> TemporalText.parseTime(text, 0, text.length);
                    case TIMESTAMP, TIMESTAMPTZ -> TemporalText.parseTimestamp(text, 0, text.length);
                    case INTERVAL -> IntervalText.parseMicros(text, 0, text.length);
                    default -> TemporalText.INVALID;
                };
        require(value != TemporalText.INVALID, "a " + word);
        return new Expression.Literal(type == Scalar.DATE ? (Object) (int) value : (Object) value, type);
    }

    private Expression number() {
        String digits = matcher.group("number");
        advance();
        if (digits.contains("e")) {
            return new Expression.Literal(Double.valueOf(digits), Scalar.DOUBLE);
        }
        if (digits.contains(".")) {
            BigDecimal decimal = new BigDecimal(digits);
            return new Expression.Literal(
                    decimal, new Decimal(Math.max(decimal.precision(), decimal.scale()), decimal.scale()));
        }
        long value = Long.parseLong(digits);
        return value == (int) value
                ? new Expression.Literal((int) value, Scalar.INT)
                : new Expression.Literal(value, Scalar.BIGINT);
    }

    private List<Expression> list(String close) {
        List<Expression> values = new ArrayList<>();
        while (!take(close)) {
            require(values.isEmpty() || take(","), ",");
            values.add(comparison());
        }
        return values;
    }

    private static Expression array(List<Expression> elements) {
        DataType element = TypeWidening.common(
                        elements.stream().map(Expression::type).toList())
                .orElseThrow();
        List<Expression> cast = elements.stream().map(e -> cast(e, element)).toList();
        return new Expression.Call(Operation.ARRAY, cast, new ListType(element), false);
    }

    private Expression call(String name, List<Expression> arguments) {
        List<DataType> types = arguments.stream().map(Expression::type).toList();
        if (name.equals("map")) {
            List<Expression> keys = new ArrayList<>();
            List<Expression> values = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i += 2) {
                keys.add(arguments.get(i));
                values.add(arguments.get(i + 1));
            }
            DataType key = ((ListType) array(keys).type()).element();
            DataType value = ((ListType) array(values).type()).element();
            List<Expression> cast = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                cast.add(cast(arguments.get(i), i % 2 == 0 ? key : value));
            }
            return new Expression.Call(Operation.MAP, cast, new MapType(key, value), false);
        }
        FunctionDeclaration declaration = functions.get(name);
        require(declaration != null, "a function instead of " + name);
        SignatureMatch match = declaration.signatures().stream()
                .map(signature -> signature.match(types))
                .flatMap(java.util.Optional::stream)
                .min(Comparator.comparingInt(SignatureMatch::cost))
                .orElseThrow(() -> new IllegalArgumentException("no overload of " + name + " takes " + types));
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(cast(arguments.get(i), match.parameters().get(i)));
        }
        Signature signature = match.signature();
        require(registry.find(signature.text()).isPresent(), "a method for " + signature.text());
        return new Expression.FunctionCall(signature.name(), signature.text(), cast, match.result(), true);
    }

    private static Expression cast(Expression argument, DataType type) {
        return argument.type().equals(type) ? argument : new Expression.Cast(argument, type, true, false);
    }
}
