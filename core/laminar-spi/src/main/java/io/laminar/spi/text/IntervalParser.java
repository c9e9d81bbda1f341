package io.laminar.spi.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Reads one interval. Intervals are short and rare (literals, settings, an occasional cast), so this favours clarity. */
final class IntervalParser {
    private final String text;
    private int at;
    private long months;
    private long micros;

    IntervalParser(byte[] b, int from, int to) {
        text = new String(b, from, to - from, StandardCharsets.UTF_8).strip();
    }

    boolean parse(long[] out) {
        try {
            if (text.isEmpty() || !(isIso() ? iso() : words())) {
                return false;
            }
        } catch (ArithmeticException outOfRange) {
            return false;
        }
        out[0] = months;
        out[1] = micros;
        return true;
    }

    private boolean isIso() {
        int start = text.charAt(0) == '-' ? 1 : 0;
        return text.length() > start + 1 && (text.charAt(start) | 0x20) == 'p';
    }

    private boolean iso() {
        boolean negative = text.charAt(0) == '-';
        at = negative ? 2 : 1;
        boolean time = false;
        boolean any = false;
        while (at < text.length()) {
            if (!time && (text.charAt(at) | 0x20) == 't') {
                time = true;
                at++;
                continue;
            }
            BigDecimal amount = number();
            if (amount == null || at == text.length()) {
                return false;
            }
            char unit = (char) (text.charAt(at++) | 0x20);
            String name = !time && unit == 'm' ? "month" : String.valueOf(unit);
            boolean belongs = time ? "hms".indexOf(unit) >= 0 : "ymwd".indexOf(unit) >= 0;
            if (!belongs || !add(amount, name)) {
                return false;
            }
            any = true;
        }
        if (negative) {
            negate();
        }
        return any;
    }

    private boolean words() {
        boolean any = false;
        while (true) {
            skipBlanks();
            if (at == text.length()) {
                return any;
            }
            if (any && text.substring(at).equalsIgnoreCase("ago")) {
                negate();
                return true;
            }
            if (!clock() && !yearMonth() && !amountWithUnit()) {
                return false;
            }
            any = true;
        }
    }

    /** {@code [-]HH:MM[:SS[.fraction]]}; hours may have any number of digits. */
    private boolean clock() {
        int start = at;
        int end = start;
        while (end < text.length() && text.charAt(end) != ' ') {
            end++;
        }
        String token = text.substring(start, end);
        String[] parts = token.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return false;
        }
        boolean negative = parts[0].startsWith("-");
        String hours = negative || parts[0].startsWith("+") ? parts[0].substring(1) : parts[0];
        if (!isDigits(hours) || !isDigits(parts[1]) || parts[1].length() > 2) {
            return false;
        }
        int minutes = Integer.parseInt(parts[1]);
        BigDecimal seconds = parts.length == 3 ? decimal(parts[2]) : BigDecimal.ZERO;
        if (seconds == null || seconds.signum() < 0 || minutes > 59 || seconds.intValue() > 59) {
            return false;
        }
        long total = scaled(new BigDecimal(hours), Calendar.MICROS_PER_HOUR);
        total = Math.addExact(total, minutes * Calendar.MICROS_PER_MINUTE);
        total = Math.addExact(total, scaled(seconds, Calendar.MICROS_PER_SECOND));
        micros = Math.addExact(micros, negative ? -total : total);
        at = end;
        return true;
    }

    /** {@code [-]YEARS-MONTHS}. */
    private boolean yearMonth() {
        int start = at;
        int end = start;
        while (end < text.length() && text.charAt(end) != ' ') {
            end++;
        }
        String token = text.substring(start, end);
        boolean negative = token.startsWith("-");
        String rest = negative || token.startsWith("+") ? token.substring(1) : token;
        int dash = rest.indexOf('-');
        if (dash <= 0 || !isDigits(rest.substring(0, dash)) || !isDigits(rest.substring(dash + 1))) {
            return false;
        }
        int monthsOfYear = new BigDecimal(rest.substring(dash + 1)).intValueExact();
        if (monthsOfYear > 11) {
            return false;
        }
        long total = Math.addExact(scaled(new BigDecimal(rest.substring(0, dash)), 12), monthsOfYear);
        months = Math.addExact(months, negative ? -total : total);
        at = end;
        return true;
    }

    private boolean amountWithUnit() {
        BigDecimal amount = number();
        if (amount == null) {
            return false;
        }
        skipBlanks();
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String unit = text.substring(start, at);
        if (unit.isEmpty()) {
            return at == text.length() && add(amount, "s");
        }
        return add(amount, unit);
    }

    private boolean add(BigDecimal amount, String unit) {
        int unitMonths = IntervalText.monthsOf(unit);
        if (unitMonths != 0) {
            BigDecimal whole = amount.multiply(BigDecimal.valueOf(unitMonths));
            if (whole.stripTrailingZeros().scale() > 0) {
                return false;
            }
            months = Math.addExact(months, whole.longValueExact());
            return true;
        }
        long unitMicros = IntervalText.microsOf(unit);
        if (unitMicros == 0) {
            return false;
        }
        micros = Math.addExact(micros, scaled(amount, unitMicros));
        return true;
    }

    private @org.jspecify.annotations.Nullable BigDecimal number() {
        int start = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return decimal(text.substring(start, at));
    }

    private static @org.jspecify.annotations.Nullable BigDecimal decimal(String digits) {
        // Bounded, so that no text makes arithmetic on huge numbers.
        if (digits.isEmpty() || digits.length() > 40 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
            return null;
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static long scaled(BigDecimal amount, long unit) {
        return amount.multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private void negate() {
        months = Math.negateExact(months);
        micros = Math.negateExact(micros);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() < 20 && text.chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
