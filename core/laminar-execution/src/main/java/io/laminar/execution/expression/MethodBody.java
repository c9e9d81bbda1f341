package io.laminar.execution.expression;

/** The statements of one generated method: what runs once, what runs per row. */
final class MethodBody {
    private final StringBuilder prologue = new StringBuilder();
    private final StringBuilder rows = new StringBuilder();
    private int names;

    /** A name not used in this method so far. */
    String fresh(String prefix) {
        return prefix + names++;
    }

    /** Adds a statement that runs once, before the rows. */
    void once(String statement) {
        prologue.append("    ").append(statement).append('\n');
    }

    /** Adds a statement that runs for every row. */
    void line(String statement) {
        rows.append("      ").append(statement).append('\n');
    }

    String prologue() {
        return prologue.toString();
    }

    String rows() {
        return rows.toString();
    }
}
