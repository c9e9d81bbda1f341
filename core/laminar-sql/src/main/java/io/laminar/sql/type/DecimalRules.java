package io.laminar.sql.type;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.TypeWidening;

/** Precision and scale of DECIMAL results: exact as long as 38 digits hold them, then fewer digits after the point. */
final class DecimalRules {
    private static final int MIN_SCALE = 6;

    private DecimalRules() {}

    static Decimal decimal(DataType type) {
        return type instanceof Decimal decimal ? decimal : TypeWidening.decimalOf(type);
    }

    static Decimal sum(Decimal a, Decimal b) {
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return fit(whole + scale + 1, scale);
    }

    static Decimal product(Decimal a, Decimal b) {
        return fit(a.precision() + b.precision(), a.scale() + b.scale());
    }

    /** Six decimal places, or as many as the operands have: more would only fill columns with digits. */
    static Decimal quotient(Decimal a, Decimal b) {
        int scale = Math.max(MIN_SCALE, Math.max(a.scale(), b.scale()));
        return fit(a.precision() - a.scale() + b.scale() + scale, scale);
    }

    static Decimal remainder(Decimal a, Decimal b) {
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.min(a.precision() - a.scale(), b.precision() - b.scale());
        return fit(Math.max(1, whole + scale), scale);
    }

    private static Decimal fit(int precision, int scale) {
        if (precision <= Decimal.MAX_PRECISION) {
            return new Decimal(precision, scale);
        }
        int whole = precision - scale;
        int kept = Math.max(Decimal.MAX_PRECISION - whole, Math.min(scale, MIN_SCALE));
        return new Decimal(Decimal.MAX_PRECISION, kept);
    }
}
