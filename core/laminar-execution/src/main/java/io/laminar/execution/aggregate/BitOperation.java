package io.laminar.execution.aggregate;

/** What {@code bit_and}, {@code bit_or} and {@code bit_xor} do. */
enum BitOperation {
    AND,
    OR,
    XOR;

    static BitOperation of(String function) {
        return switch (function) {
            case "bit_and" -> AND;
            case "bit_or" -> OR;
            default -> XOR;
        };
    }

    /** What changes nothing. */
    long start() {
        return this == AND ? -1 : 0;
    }
}
