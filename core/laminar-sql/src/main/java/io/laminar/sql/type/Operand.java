package io.laminar.sql.type;

import io.laminar.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What typing knows of an operand.
 *
 * @param text the text of a text literal, which takes the type that is expected in its place; otherwise null
 */
public record Operand(DataType type, @Nullable String text) {
    public static Operand of(DataType type) {
        return new Operand(type, null);
    }

    boolean isTextLiteral() {
        return text != null;
    }

    /** This operand as a value of {@code expected}, if it is a text literal and such literals are read as that type. */
    Operand as(DataType expected) {
        if (text == null || !TemporalLiteral.reads(expected)) {
            return this;
        }
        TemporalLiteral.parse(expected, text);
        return of(expected);
    }
}
