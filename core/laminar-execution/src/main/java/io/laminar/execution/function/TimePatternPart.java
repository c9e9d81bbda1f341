package io.laminar.execution.function;

/**
 * One part of a {@link TimePattern}.
 *
 * @param width digits to pad to with zeros, or to read at most; for a fraction its digits
 * @param literal for {@link Kind#LITERAL} the text, for names their letter case
 */
record TimePatternPart(Kind kind, int width, String literal) {

    enum Kind {
        LITERAL(false, true),
        YEAR(true, true),
        YEAR_OF_CENTURY(true, true),
        CENTURY(true, true),
        QUARTER(true, true),
        MONTH(true, true),
        MONTH_NAME(false, true),
        MONTH_SHORT(false, true),
        DAY(true, true),
        DAY_SPACED(true, true),
        DAY_OF_YEAR(true, true),
        WEEKDAY_NAME(false, true),
        WEEKDAY_SHORT(false, true),
        /** 1 for Monday to 7. */
        ISO_WEEKDAY(true, true),
        /** 0 for Sunday to 6. */
        WEEKDAY(true, true),
        /** 1 for Sunday to 7. */
        WEEKDAY_FROM_ONE(true, true),
        ISO_WEEK(true, true),
        ISO_YEAR(true, true),
        HOUR(true, false),
        HOUR_OF_HALF(true, false),
        MINUTE(true, false),
        SECOND(true, false),
        FRACTION(true, false),
        HALF_OF_DAY(false, false),
        EPOCH(true, false),
        /** Always UTC: {@code +0000}, {@code +00:00} or {@code Z} by the literal. */
        OFFSET(false, true);

        private final boolean numeric;
        private final boolean ofDay;

        Kind(boolean numeric, boolean ofDay) {
            this.numeric = numeric;
            this.ofDay = ofDay;
        }

        /** Whether it is written in digits. */
        boolean numeric() {
            return numeric;
        }

        /** Whether it is the same for all timestamps of a day. */
        boolean ofDay() {
            return ofDay;
        }
    }

    static TimePatternPart of(Kind kind, int width) {
        return new TimePatternPart(kind, width, "");
    }

    static TimePatternPart literal(String text) {
        return new TimePatternPart(Kind.LITERAL, 0, text);
    }

    static TimePatternPart named(Kind kind, String letterCase) {
        return new TimePatternPart(kind, 0, letterCase);
    }
}
