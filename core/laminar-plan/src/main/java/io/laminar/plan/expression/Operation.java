package io.laminar.plan.expression;

import java.util.List;
import java.util.stream.Collectors;

/** Operations the compiler of expressions knows itself. */
public enum Operation {
    /** Numbers of one type; for DECIMAL the call's type says scale. TIMESTAMP/DATE/TIME + INTERVAL[_MONTHS] too. */
    ADD("+"),
    /** As {@link #ADD}; TIMESTAMP - TIMESTAMP gives INTERVAL, DATE - DATE gives INT (days). */
    SUBTRACT("-"),
    /** Numbers of one type (DECIMAL: any two); INTERVAL by DOUBLE or BIGINT. */
    MULTIPLY("*"),
    /** Integers truncate; division by zero is an error, for floating point too. */
    DIVIDE("/"),
    MODULO("%"),
    NEGATE("-"),

    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    /** Never NULL: NULL equals NULL. */
    NOT_DISTINCT("is not distinct from"),
    DISTINCT("is distinct from"),

    /** Three-valued, any number of arguments; an argument that decides spares the later ones. */
    AND("and"),
    OR("or"),
    NOT("not"),
    IS_NULL("is null"),
    IS_NOT_NULL("is not null"),
    IS_TRUE("is true"),
    IS_NOT_TRUE("is not true"),
    IS_FALSE("is false"),
    IS_NOT_FALSE("is not false"),

    /** First argument among the others; arguments of one type. NULL rules of SQL. */
    IN("in"),
    /** First argument that is not NULL. */
    COALESCE("coalesce"),
    /** Text, pattern, escape (a text literal of one character, or empty for none). */
    LIKE("like"),
    ILIKE("ilike"),
    /** Text, SQL regular expression, escape. */
    SIMILAR_TO("similar to"),
    /** Texts. */
    CONCAT("||"),

    /** Members in order; the call's type is the struct. */
    STRUCT("struct"),
    /** Elements in order; the call's type is the array. */
    ARRAY("array"),
    /** Keys and values in turn. */
    MAP("map"),
    /** Array and one-based BIGINT index, or map and key; NULL where there is none. */
    ELEMENT("element");

    private final String symbol;

    Operation(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** The operation over arguments that are texts already. */
    String render(List<String> texts) {
        return switch (this) {
            case NEGATE, NOT -> "(" + symbol + " " + texts.get(0) + ")";
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
                "(" + texts.get(0) + " " + symbol + ")";
            case IN -> "(" + texts.get(0) + " in (" + String.join(", ", texts.subList(1, texts.size())) + "))";
            case COALESCE, STRUCT, MAP -> symbol + "(" + String.join(", ", texts) + ")";
            case ARRAY -> "[" + String.join(", ", texts) + "]";
            case ELEMENT -> texts.get(0) + "[" + texts.get(1) + "]";
            default -> texts.stream().collect(Collectors.joining(" " + symbol + " ", "(", ")"));
        };
    }
}
