package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeFunctionsTest {
    private static final String TS = "TIMESTAMP '2024-03-09 16:05:07.891'";

    @Test
    void timesBeforeTheEpochAreCutDownwards() {
        Check.value("date_trunc('day', TIMESTAMP '1969-12-31 23:59:59')", "1969-12-31 00:00:00");
        Check.value("date_trunc('week', TIMESTAMP '1970-01-01 00:00:00')", "1969-12-29 00:00:00");
        Check.value("hour(TIMESTAMP '1969-12-31 23:59:59.5')", "23");
        Check.value("to_unixtime(TIMESTAMP '1969-12-31 23:59:59.5')", "-1");
        Check.value("date_part('century', TIMESTAMP '-0001-01-01 00:00:00')", "-1.0");
        Check.value("date_bin(INTERVAL '1 hour', TIMESTAMP '1969-12-31 23:30:00')", "1969-12-31 23:00:00");
        Check.value("date_bin(INTERVAL '7' MONTH, TIMESTAMP '1969-12-31 23:30:00')", "1969-06-01 00:00:00");
    }

    @Test
    void aDateCountsAsItsMidnight() {
        Check.value("date_trunc('month', DATE '2024-02-29')", "2024-02-01 00:00:00");
        Check.value("hour(DATE '2024-02-29')", "0");
        Check.value("date_format(DATE '2024-02-29', '%d.%m.%Y')", "29.02.2024");
    }

    @Test
    void unknownWordsAreRefusedWithTheNearest() {
        Check.refused("date_trunc('hous', " + TS + ")", "there is no unit 'hous'");
        Check.refused("extract('yaer', " + TS + ")", "extract: there is no field 'yaer'");
        Check.refused("extract('day', TIME '16:05')", "extract: a time of day has no day");
        Check.refused(
                "extract('month', INTERVAL '1 day')", "extract: an interval of days and smaller units has no month");
        Check.refused("date_format(" + TS + ", '%Q')", "has %Q, which means nothing");
        Check.refused("date_format(" + TS + ", '%')", "ends within a % sequence");
        Check.refused("date_format(" + TS + ", 'yyyy bb')", "has the letter b, which means nothing");
        Check.refused("convert_timezone('Mars/Olympus', " + TS + ")", "there is no time zone 'Mars/Olympus'");
        Check.refused("date_bin(INTERVAL '0 seconds', " + TS + ")", "the width of a bin must be positive");
    }

    @Test
    void patternsInThreeLanguages() {
        Check.value(
                "date_format(" + TS + ", '%A %d %b %y, week %V of %G, day %j, %I:%M:%S %p, %3f, %s')",
                "Saturday 09 Mar 24, week 10 of 2024, day 069, 04:05:07 PM, 891, 1710000307");
        Check.value("date_format(" + TS + ", '%e.%-m. %k h %%')", " 9.3. 16 h %");
        Check.value("date_format(" + TS + ", 'yyyy-MM-dd''T''HH:mm:ss.SSSXXX')", "2024-03-09T16:05:07.891Z");
        Check.value("date_format(" + TS + ", 'YYYY-MM-DD HH24:MI:SS.MS')", "2024-03-09 16:05:07.891");
        Check.value("to_char(" + TS + ", 'FMMonth FMDD, YYYY \"at\" HH12:MI am')", "March 9, 2024 at 04:05 pm");
        Check.value("to_char(" + TS + ", 'MONTH|Day|DY|Q|IW|ID|D|DDD')", "MARCH    |Saturday |SAT|1|10|6|7|069");
        Check.value("to_char(" + TS + ", '%H')", "16");
        Check.value("date_format(TIMESTAMP '2024-01-01 00:00:00', 'h a')", "12 AM");
    }

    @Test
    void textsThatDoNotFitAreRefused() {
        Check.refused("to_timestamp('yesterday')", "to_timestamp: 'yesterday' cannot be read");
        Check.refused("to_timestamp('2024-02-30', '%Y-%m-%d')", "to_timestamp: '2024-02-30' does not fit the pattern");
        Check.refused("to_timestamp('2024-02-3x', '%Y-%m-%d')", "does not fit");
        Check.refused("to_timestamp('2024-02-03 ', '%Y-%m-%d')", "does not fit");
        Check.refused("to_timestamp('25:00', 'HH:mm')", "does not fit");
        Check.refused("to_timestamp('13:00 PM', 'hh:mm a')", "does not fit");
        Check.refused("to_date('Mai 2024', '%B %Y')", "to_date: 'Mai 2024' does not fit");
        Check.refused("to_time('24:00')", "to_time: '24:00' cannot be read");
        Check.refused("make_date(2023, 2, 29)", "make_date: there is no day 2023-2-29");
        Check.refused("make_timestamp(2023, 2, 9, 24, 0, 0)", "make_timestamp: there is no time 24:0:0");
        Check.value("try_to_timestamp('2024-03-09 16:05')", "2024-03-09 16:05:00");
        Check.value("to_date('2024-03-09T23:30:00Z')", "2024-03-09");
    }

    @Test
    void patternsReadWhatPeopleWrite() {
        Check.value("to_timestamp('20240309T160507', '%Y%m%dT%H%M%S')", "2024-03-09 16:05:07");
        Check.value("to_timestamp('20240309160507891', 'yyyyMMddHHmmssSSS')", "2024-03-09 16:05:07.891");
        Check.value("to_timestamp('10/Oct/2000:13:55:36 -0700', '%d/%b/%Y:%H:%M:%S %z')", "2000-10-10 20:55:36");
        Check.value("to_timestamp('9 mar 24', '%d %b %y')", "2024-03-09 00:00:00");
        Check.value("to_timestamp('1710000307', '%s')", "2024-03-09 16:05:07");
        Check.value("to_timestamp('12:30 am', 'HH12:MI am')", "1970-01-01 00:30:00");
        Check.value("to_date('2024-060', '%Y-%j')", "2024-02-29");
    }

    @Test
    void numbersOutOfRangeAreOverflows() {
        Check.refused(
                ErrorCode.OVERFLOW, "to_timestamp(9300000000000)", "to_timestamp: the result does not fit TIMESTAMP");
        Check.refused(ErrorCode.OVERFLOW, "to_timestamp(1e300)", "to_timestamp: the result does not fit TIMESTAMP");
        Check.refused(ErrorCode.OVERFLOW, "timestampadd('year', 9000000000000, " + TS + ")", "timestampadd");
        Check.refused("to_timestamp_ltz(1, 4)", "the precision is 4");
        Check.value("to_timestamp(-1.5e0)", "1969-12-31 23:59:58.5");
        Check.value("to_timestamp_nanos(-1)", "1969-12-31 23:59:59.999999");
    }

    @Test
    void monthsAreCountedWhole() {
        Check.value("timestampdiff('month', TIMESTAMP '2024-01-31 00:00:00', TIMESTAMP '2024-02-29 23:00:00')", "0");
        Check.value("timestampdiff('month', TIMESTAMP '2024-03-31 00:00:01', TIMESTAMP '2024-01-31 00:00:00')", "-2");
        Check.value("timestampdiff('year', TIMESTAMP '2020-02-29 00:00:00', TIMESTAMP '2024-02-28 00:00:00')", "3");
        Check.value("timestampadd('month', -1, TIMESTAMP '2024-03-31 10:00:00')", "2024-02-29 10:00:00");
    }

    @Test
    void zonesAroundTheChangeOfClocks() {
        // The night of 31 March 2024 has no 02:30 in Zurich; the night of 27 October has it twice.
        Check.value("timezone('Europe/Zurich', TIMESTAMP '2024-03-31 02:30:00')", "2024-03-31 01:30:00+00");
        Check.value("timezone('Europe/Zurich', TIMESTAMP '2024-10-27 02:30:00')", "2024-10-27 00:30:00+00");
        Check.value("convert_timezone('Europe/Zurich', TIMESTAMP '2024-10-27 01:30:00')", "2024-10-27 02:30:00");
    }

    @Test
    void aDayAlreadyRenderedIsNotTakenForAnother() {
        TimePattern pattern = TimePattern.prepare(Slice.of("%Y-%m-%d"));
        Slice first = new Slice();
        Slice second = new Slice();
        pattern.format(0, first);
        pattern.format(86_400_000_000L, second);
        assertEquals("1970-01-01", first.toString(), "a view given out before must keep its value");
        assertEquals("1970-01-02", second.toString());
        pattern.format(-1, second);
        assertEquals("1969-12-31", second.toString());
    }

    @Test
    void randomIdentifiersAreOfVersionFour() {
        String uuid = ExampleEvaluator.text("uuid()");
        assertEquals(4, UUID.fromString(uuid).version(), uuid);
        assertEquals(2, UUID.fromString(uuid).variant(), uuid);
        assertNotEquals("0", ExampleEvaluator.text("random()"));
    }
}
