package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.sql.Definitions;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.TableDefinition;
import io.laminar.sql.TableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has been found out of data is a table that reads it. */
class InferredTablesTest {
    private static final PlannerContext CONTEXT = PlannerContext.of(new ConnectorCatalog());

    @Test
    void aFileOfTheExamples() throws IOException {
        Path file = Repository.root().resolve("examples/data/flights.ndjson");
        byte[] bytes = Files.readAllBytes(file);
        Inference.Found found =
                Inference.sample("json", Arrays.copyOf(bytes, Math.min(bytes.length, 20_000)), OptionValues.EMPTY);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "single_file");
        options.put("path", file.toString());
        options.put("format", found.format());
        options.putAll(found.schema().options());
        String text = TableText.createTable("flights", found.schema().fields(), options);
        TableDefinition table = Definitions.table(text, CONTEXT);
        assertEquals(found.schema().fields(), table.schema().fields());
        assertTrue(table.schema().size() > 2, text);
        assertEquals(List.of(), PipelineCompiler.validate(text + "SELECT * FROM flights", CONTEXT), text);
    }

    @Test
    void anyNameAndTypeCanBeWritten() {
        List<Field> fields = List.of(
                new Field("select", Scalar.BIGINT, false),
                new Field("a b", Scalar.TEXT),
                new Field("say \"x\"", new DataType.Decimal(9, 2)),
                new Field("value", new DataType.ListType(new DataType.MapType(Scalar.TEXT, Scalar.INT))),
                new Field("from", new DataType.StructType(List.of(new Field("to", Scalar.DATE)))),
                new Field("größe", Scalar.TIMESTAMPTZ),
                new Field("plain", Scalar.BYTES));
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "single_file");
        options.put("path", "it's");
        options.put("format", "json");
        String text = TableText.createTable("table", fields, options);
        TableDefinition table = Definitions.table(text, CONTEXT);
        assertEquals("table", table.name());
        assertEquals(fields, table.schema().fields(), text);
        assertEquals("it's", table.source().options().asMap().get("path"));
        assertTrue(text.contains("\n  plain BYTEA") || text.contains("\n  plain BY"), text);
    }
}
