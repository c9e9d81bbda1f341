package io.laminar.spi.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Int128;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final long SEED = 20261122;

    private interface Formatter {
        int format(byte[] out, int at);
    }

    private static String text(Formatter formatter) {
        byte[] out = new byte[80];
        int end = formatter.format(out, 3);
        return new String(out, 3, end - 3, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    }

    private static long timestamp(String text) {
        byte[] b = bytes(text);
        return TemporalText.parseTimestamp(b, 1, b.length - 1);
    }

    private static long micros(String iso) {
        return ChronoUnit.MICROS.between(OffsetDateTime.parse("1970-01-01T00:00:00Z"), OffsetDateTime.parse(iso));
    }

    @Test
    void timestampsOfAllSpellings() {
        assertEquals(micros("2024-02-29T13:05:06Z"), timestamp("2024-02-29 13:05:06"));
        assertEquals(micros("2024-02-29T13:05:06.5Z"), timestamp("2024-02-29T13:05:06.5"));
        assertEquals(micros("2024-02-29T13:05:00Z"), timestamp("2024-2-29 13:05"));
        assertEquals(micros("2024-02-29T00:00:00Z"), timestamp("2024-02-29"));
        assertEquals(micros("2024-02-29T13:05:06.123457Z"), timestamp("2024-02-29T13:05:06.1234565Z"));
        assertEquals(micros("2024-02-29T11:05:06Z"), timestamp("2024-02-29T13:05:06+02"));
        assertEquals(micros("2024-02-29T16:35:06Z"), timestamp("2024-02-29T13:05:06-03:30"));
        assertEquals(micros("2024-02-29T07:35:06Z"), timestamp("2024-02-29T13:05:06+0530"));
        assertEquals(micros("1969-12-31T23:59:59.999999Z"), timestamp("1969-12-31 23:59:59.999999 UTC"));
    }

    @Test
    void textsThatAreNoTimestamps() {
        for (String bad : new String[] {
            "",
            "x",
            "2024",
            "2024-13-01",
            "2024-00-01",
            "2023-02-29",
            "2024-01-01 24:00:00",
            "2024-01-01 12:60:00",
            "2024-01-01 12:00:60",
            "2024-01-01 12",
            "2024-01-01 12:00:00.",
            "2024-01-01 12:00:00x",
            "2024-01-01T",
            "2024-01-01 12:00:00+",
            "2024-01-01 12:00:00+25",
            "2024-01-01-",
            "24-01-01",
            "9999999-01-01",
            "2024-1-",
        }) {
            assertEquals(TemporalText.INVALID, timestamp(bad), bad);
        }
    }

    @Test
    void timestampsOfThePlainShapeAsOfAnyOther() {
        Random random = new Random(SEED);
        String alphabet = "0123456789999::--TtZz .,+/;a\u00e9";
        int plain = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder("%04d-%02d-%02dT%02d:%02d:%02d"
                    .formatted(
                            random.nextInt(10_000),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(25),
                            random.nextInt(61),
                            random.nextInt(61)));
            int digits = random.nextInt(9);
            if (digits > 0) {
                text.append('.').append("%09d".formatted(random.nextInt(1_000_000_000)), 0, digits);
            }
            text.append(random.nextInt(3) == 0 ? "Z" : "");
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] b = bytes(text.toString());
            long expected = TemporalText.parseAnyTimestamp(b, 1, b.length - 1);
            assertEquals(expected, TemporalText.parseTimestamp(b, 1, b.length - 1), "seed " + SEED + " text " + text);
            plain += PlainTimestamp.parse(b, 1, b.length - 1) == PlainTimestamp.OTHER ? 0 : 1;
        }
        assertTrue(plain > 50_000, "only " + plain + " were plain");
    }

    @Test
    void timestampsAsJavaSeesThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long micros = random.nextLong() >> random.nextInt(20) + 6;
            LocalDateTime expected = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
            String text = text((out, at) -> TemporalText.formatTimestamp(micros, out, at));
            if (expected.getYear() >= 0 && expected.getYear() < 10_000) {
                assertEquals(expected, LocalDateTime.parse(text.replace(' ', 'T')), "seed " + SEED);
            }
            assertEquals(micros, timestamp(text), "seed " + SEED + " text " + text);
            long day = Calendar.dayOf(micros);
            assertEquals(
                    LocalDate.ofEpochDay(day).plusMonths(i % 50 - 25).toEpochDay(),
                    Calendar.addMonths(day, i % 50 - 25),
                    "seed " + SEED + " day " + day);
        }
    }

    @Test
    void canonicalTemporals() {
        assertEquals(
                "2024-02-29 13:05:06.05",
                text((o, at) -> TemporalText.formatTimestamp(micros("2024-02-29T13:05:06.05Z"), o, at)));
        assertEquals(
                "2024-02-29 13:05:06",
                text((o, at) -> TemporalText.formatTimestamp(micros("2024-02-29T13:05:06Z"), o, at)));
        assertEquals("1969-12-31 23:59:59.999999+00", text((o, at) -> TemporalText.formatTimestampTz(-1, o, at)));
        assertEquals(
                "0001-01-01",
                text((o, at) -> TemporalText.formatDate(LocalDate.of(1, 1, 1).toEpochDay(), o, at)));
        assertEquals("23:59:59.1", text((o, at) -> TemporalText.formatTime(86_399_100_000L, o, at)));
    }

    private static String interval(String text) {
        byte[] b = bytes(text);
        long[] parts = new long[2];
        return IntervalText.parse(b, 1, b.length - 1, parts) ? parts[0] + " " + parts[1] : "none";
    }

    @Test
    void intervals() {
        assertEquals("0 93600000000", interval("1 day 02:00:00"));
        assertEquals("0 300000000", interval("5 minutes"));
        assertEquals("0 90000000", interval("90s"));
        assertEquals("0 1500", interval("1.5 ms"));
        assertEquals("14 0", interval("1 year 2 months"));
        assertEquals("14 0", interval("1-2"));
        assertEquals("0 -1800000000", interval("-00:30"));
        assertEquals("0 5400000000", interval("PT1H30M"));
        assertEquals("1 86400000000", interval("P1M1D"));
        assertEquals("0 -3600000000", interval("1 hour ago"));
        assertEquals("0 7000000", interval("7"));
        for (String bad :
                new String[] {"", "x", "1 parsec", "1 2 3", "P", "12:", "1 year and", "999999999999 weeks", "0.3 month"
                }) {
            assertEquals("none", interval(bad), bad);
        }
        assertEquals("1 day 02:00:00", text((o, at) -> IntervalText.formatMicros(93_600_000_000L, o, at)));
        assertEquals("-2 days -00:00:00.5", text((o, at) -> IntervalText.formatMicros(-172_800_500_000L, o, at)));
        assertEquals("00:00:00", text((o, at) -> IntervalText.formatMicros(0, o, at)));
        assertEquals("1 year 2 mons", text((o, at) -> IntervalText.formatMonths(14, o, at)));
        assertEquals("0 mons", text((o, at) -> IntervalText.formatMonths(0, o, at)));
    }

    @Test
    void intervalsReadBack() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2000; i++) {
            long micros = random.nextLong() >> random.nextInt(60);
            String text = text((o, at) -> IntervalText.formatMicros(micros, o, at));
            assertEquals("0 " + micros, interval(text), "seed " + SEED + " text " + text);
        }
    }

    private static String number(String text) {
        byte[] b = bytes(text);
        long[] out = new long[1];
        return NumberText.parseLong(b, 1, b.length - 1, out) ? String.valueOf(out[0]) : "none";
    }

    @Test
    void longs() {
        assertEquals("9223372036854775807", number("9223372036854775807"));
        assertEquals("-9223372036854775808", number("-9223372036854775808"));
        assertEquals("12", number("+00000000000000000000000012"));
        for (String bad : new String[] {
            "", "-", "+", "1.0", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "1 ", "0x1"
        }) {
            assertEquals("none", number(bad), bad);
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long value = i == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
            assertEquals(String.valueOf(value), text((o, at) -> NumberText.formatLong(value, o, at)), "seed " + SEED);
            assertEquals(String.valueOf(value), number(String.valueOf(value)), "seed " + SEED);
        }
    }

    private static double parsed(String text) {
        byte[] b = bytes(text);
        double[] out = new double[1];
        assertTrue(NumberText.parseDouble(b, 1, b.length - 1, out), text);
        return out[0];
    }

    @Test
    void doublesAsJavaReadsThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            double value = i % 3 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : i % 3 == 1 ? random.nextInt(1_000_000) / 100.0 : random.nextGaussian() * 1e6;
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                continue;
            }
            String java = Double.toString(value);
            assertEquals(value, parsed(java), "seed " + SEED + " text " + java);
            String text = text((o, at) -> NumberText.formatDouble(value, o, at));
            assertEquals(value, parsed(text), "seed " + SEED + " text " + text);
            assertTrue(digits(text) <= digits(java), "seed " + SEED + " longer than " + java + ": " + text);
            BigDecimal shorter =
                    new BigDecimal(value).round(new MathContext(Math.max(1, digits(text) - 1), RoundingMode.HALF_EVEN));
            assertTrue(digits(text) == 1 || shorter.doubleValue() != value, "seed " + SEED + " not shortest: " + text);
            float single = (float) value;
            if (!Float.isInfinite(single)) {
                String singleText = text((o, at) -> NumberText.formatFloat(single, o, at));
                assertEquals(single, Float.parseFloat(singleText), "seed " + SEED + " text " + singleText);
            }
        }
    }

    private static int digits(String number) {
        String mantissa = number.split("[eE]")[0]
                .replaceAll("[-.]", "")
                .replaceAll("^0+", "")
                .replaceAll("0+$", "");
        return Math.max(1, mantissa.length());
    }

    @Test
    void canonicalDoubles() {
        String[][] cases = {
            {"1", "1.0"},
            {"0.1", "0.1"},
            {"-0.0", "-0.0"},
            {"1e15", "1000000000000000.0"},
            {"1e16", "1e+16"},
            {"1.5e20", "1.5e+20"},
            {"0.0001", "0.0001"},
            {"0.00001", "1e-05"},
            {"1e300", "1e+300"},
            {"2e23", "2e+23"},
            {"4.9e-324", "5e-324"},
            {"nan", "NaN"},
            {"-inf", "-Infinity"},
            {"123456.789", "123456.789"},
            {"9007199254740993", "9007199254740992.0"},
            {"0.30000000000000004", "0.30000000000000004"},
        };
        for (String[] c : cases) {
            double value = parsed(c[0]);
            assertEquals(c[1], text((o, at) -> NumberText.formatDouble(value, o, at)));
        }
        assertEquals("0.1", text((o, at) -> NumberText.formatFloat(0.1f, o, at)));
        for (String bad : new String[] {"", "-", ".", "1e", "e5", "1.2.3", "0x10", "1d", "1f", "na", "1 2", "--1"}) {
            byte[] b = bytes(bad);
            assertFalse(NumberText.parseDouble(b, 1, b.length - 1, new double[1]), bad);
        }
    }

    @Test
    void decimalsAsJavaReadsThem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            int scale = random.nextInt(20);
            int precision = Math.max(scale, 1) + random.nextInt(38 - Math.max(scale, 1) + 1);
            String text =
                    new BigDecimal(new BigInteger(random.nextInt(126), random), random.nextInt(25) - 2).toString();
            text = random.nextBoolean() ? "-" + text : text;
            BigDecimal expected = new BigDecimal(text).setScale(scale, RoundingMode.HALF_UP);
            byte[] b = bytes(text);
            Int128 out = new Int128();
            boolean fits = DecimalText.parse(b, 1, b.length - 1, precision, scale, out);
            String message = "seed " + SEED + " DECIMAL(" + precision + "," + scale + ") of " + text;
            assertEquals(expected.precision() <= precision, fits, message);
            if (fits) {
                assertEquals(expected.unscaledValue(), out.toBigInteger(), message);
                assertEquals(
                        expected.toPlainString(),
                        text((o, at) -> DecimalText.format(out.high(), out.low(), scale, o, at)),
                        message);
            }
        }
    }

    @Test
    void textsThatAreNoDecimals() {
        for (String bad : new String[] {"", "-", ".", "1.2.3", "abc", "1e999999999", "123456"}) {
            byte[] b = bytes(bad);
            assertFalse(DecimalText.parse(b, 1, b.length - 1, 5, 0, new Int128()), bad);
        }
        byte[] tiny = bytes("1e-999999999");
        Int128 out = new Int128();
        assertTrue(DecimalText.parse(tiny, 1, tiny.length - 1, 5, 2, out));
        assertEquals(0, out.low());
    }

    @Test
    void booleansAndHex() {
        for (String yes : new String[] {"true", "T", "YES", "on", "1"}) {
            byte[] b = bytes(yes);
            assertEquals(1, ScalarText.parseBoolean(b, 1, b.length - 1), yes);
        }
        for (String no : new String[] {"false", "F", "no", "OFF", "0"}) {
            byte[] b = bytes(no);
            assertEquals(0, ScalarText.parseBoolean(b, 1, b.length - 1), no);
        }
        byte[] neither = bytes("maybe");
        assertEquals(-1, ScalarText.parseBoolean(neither, 1, neither.length - 1));
        byte[] hex = bytes("\\x00fFa0");
        byte[] out = new byte[8];
        assertEquals(3, ScalarText.parseHex(hex, 1, hex.length - 1, out));
        assertEquals("\\x00ffa0", text((o, at) -> ScalarText.formatHex(out, 0, 3, o, at)));
        byte[] odd = bytes("\\x0");
        assertEquals(-1, ScalarText.parseHex(odd, 1, odd.length - 1, out));
    }
}
