package io.laminar.spi.function;

/** Chapters of the function reference. */
public enum FunctionCategory {
    MATH("Math"),
    CONDITIONAL("Conditional"),
    TEXT("Text"),
    REGEX("Regular expressions"),
    TIME("Time"),
    JSON("JSON"),
    NESTED("Arrays, maps and structs"),
    HASH("Hash"),
    WINDOW("Windows"),
    AGGREGATE("Aggregates"),
    OVER("Functions over rows");

    private final String title;

    FunctionCategory(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
