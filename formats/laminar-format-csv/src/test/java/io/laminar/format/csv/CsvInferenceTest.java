package io.laminar.format.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.option.OptionValues;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvInferenceTest {

    private static InferredSchema of(OptionValues options, String text) {
        return Inference.sample("csv", text.getBytes(StandardCharsets.UTF_8), options)
                .schema();
    }

    private static InferredSchema of(String text) {
        return of(OptionValues.EMPTY, text);
    }

    private static Map<String, String> types(InferredSchema schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (InferredColumn column : schema.columns()) {
            types.put(column.field().name(), column.field().type().sql());
        }
        return types;
    }

    @Test
    void aLineOfNamesIsSeen() {
        InferredSchema schema = of("id,price,at,zip,ok\n1,2,2024-02-29 10:00:00,0123,true\n2,2.5,,0456,false\n");
        assertEquals(
                Map.of("id", "BIGINT", "price", "DOUBLE", "at", "TIMESTAMP", "zip", "TEXT", "ok", "BOOLEAN"),
                types(schema));
        assertEquals(Map.of(), schema.options());
        assertEquals(
                "DOUBLE because 1 of 2 values have decimals",
                schema.columns().get(1).reason());
        assertEquals(
                "TIMESTAMP because all 1 values are timestamps",
                schema.columns().get(2).reason());
        assertTrue(schema.columns().get(3).reason().contains("leading zeros"), schema::toString);
        assertEquals(List.of("from 2 records", "the first line has the names of the columns"), schema.notes());
    }

    @Test
    void withoutNamesColumnsAreNumbered() {
        InferredSchema schema = of("1,x\n2,y\n");
        assertEquals(Map.of("column1", "BIGINT", "column2", "TEXT"), types(schema));
        assertEquals(Map.of("csv.header", "false"), schema.options());
        assertEquals(Map.of("column1", "TEXT"), types(of("hello there!\nmore words\n")));
        assertEquals(Map.of("column1", "TEXT", "column2", "TEXT"), types(of("a,a\nb,c\n")));
    }

    @Test
    void whatIsSaidIsNotGuessed() {
        InferredSchema given = of(new OptionValues(Map.of("csv.header", false)), "id,name\nx,y\n");
        assertEquals(Map.of("column1", "TEXT", "column2", "TEXT"), types(given));
        assertEquals(Map.of("csv.header", "false"), given.options());
        assertEquals(Map.of("a", "BIGINT"), types(of(new OptionValues(Map.of("csv.delimiter", ";")), "a\n1\n")));
        assertEquals(
                Map.of("a", "BIGINT", "b", "TEXT"),
                types(of(new OptionValues(Map.of("csv.delimiter", ";")), "a;b\n1;x\n")));
    }

    @Test
    void quotesAndCutRecords() {
        InferredSchema schema = of("a,b\n\"1\",\"x \"\"y\"\"\nz\"\n2,w\n3");
        assertEquals(Map.of("a", "BIGINT", "b", "TEXT"), types(schema));
        assertTrue(schema.notes().contains("the last record is cut off and was left out"), schema::toString);
        LaminarException open = assertThrows(LaminarException.class, () -> of("a,b\n1,\"x"));
        assertEquals(ErrorCode.BAD_RECORD, open.code(), open::describe);
    }
}
