package io.laminar.testing.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "BOOLEAN|true|true",
                "INT|-7|-7",
                "BIGINT|9223372036854775807|9223372036854775807",
                "DOUBLE|1.0|1",
                "DOUBLE|0.30000000000000004|0.3",
                "DOUBLE|1e300|1E+300",
                "DOUBLE|-0.0|0",
                "DOUBLE|NaN|NaN",
                "DOUBLE|-Infinity|-Infinity",
                "FLOAT|0.1|0.1",
                "TEXT|abc|abc",
                "TEXT|'two words'|'two words'",
                "TEXT|'it''s'|'it''s'",
                "TEXT|'NULL'|'NULL'",
                "TEXT|''|''",
                "TEXT|'a\\nb'|'a\\nb'",
                "TEXT|NULL|NULL",
                "JSON|'{\"a\": 1}'|'{\"a\": 1}'",
                "BYTES|\\x00ff|\\x00ff",
                "DATE|2001-02-03|2001-02-03",
                "TIME|12:30:00|12:30:00",
                "TIMESTAMP|00:00:10|00:00:10",
                "TIMESTAMP|1970-01-01T00:00:10|00:00:10",
                "TIMESTAMP|'2001-02-03 04:05:06.5'|2001-02-03T04:05:06.500",
                "TIMESTAMP|1969-12-31T23:59:59|1969-12-31T23:59:59",
                "TIMESTAMPTZ|2001-02-03T04:05:06Z|2001-02-03T04:05:06Z",
                "INTERVAL|26:03:04.5|26:03:04.5",
                "INTERVAL|-0:00:01|-0:00:01",
                "INTERVAL_MONTHS|14mo|14mo",
            })
    void everyValueHasOneText(Scalar type, String written, String canonical) {
        assertEquals(canonical, ValueText.render(type, new ValueReader(written).next(type)));
    }

    @Test
    void nestedValuesAreWrittenInBrackets() {
        DataType struct = new DataType.StructType(List.of(new Field("a", Scalar.INT), new Field("b", Scalar.TEXT)));
        DataType map = new DataType.MapType(Scalar.TEXT, new DataType.ListType(struct));
        String text = "{k: [(1, 'x y'), (NULL, z)], l: []}";
        assertEquals(text, ValueText.render(map, new ValueReader(text).next(map)));
    }

    @Test
    void decimalsKeepTheScaleOfTheirType() {
        DataType type = new DataType.Decimal(10, 2);
        assertEquals("1.50", ValueText.render(type, new ValueReader("1.5").next(type)));
        assertThrows(IllegalArgumentException.class, () -> new ValueReader("1.505").next(type));
    }

    @Test
    void aRowNamesTheColumnThatCannotBeRead() {
        Schema schema = Schema.of(new Field("id", Scalar.INT), new Field("name", Scalar.TEXT));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> TextRow.parseChange("+I x a", schema));
        assertTrue(String.valueOf(e.getMessage()).contains("'id'"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TextRow.parse("1 a b", schema));
        assertThrows(IllegalArgumentException.class, () -> TextRow.parse("1", schema));
        assertEquals(
                "+U 1 'a b'", TextRow.parseChange("+U 1 'a b'   # why", schema).change(schema));
    }
}
