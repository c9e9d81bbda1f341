package io.laminar.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetInferenceTest {
    /** Types that a file keeps apart; an INTERVAL is a BIGINT there. */
    private static final Schema COLUMNS = Schema.of(
            new Field("b", Scalar.BOOLEAN),
            new Field("t", Scalar.TINYINT, false),
            new Field("s", Scalar.SMALLINT),
            new Field("i", Scalar.INT),
            new Field("l", Scalar.BIGINT, false),
            new Field("f", Scalar.FLOAT),
            new Field("d", Scalar.DOUBLE),
            new Field("x", Scalar.TEXT),
            new Field("j", Scalar.JSON),
            new Field("r", Scalar.BYTES),
            new Field("day", Scalar.DATE),
            new Field("clock", Scalar.TIME),
            new Field("at", Scalar.TIMESTAMP),
            new Field("atz", Scalar.TIMESTAMPTZ),
            new Field("small", new DataType.Decimal(9, 2)),
            new Field("wide", new DataType.Decimal(30, 5)),
            new Field("list", new DataType.ListType(Scalar.INT)),
            new Field("map", new DataType.MapType(Scalar.TEXT, Scalar.BIGINT)),
            new Field("struct", new DataType.StructType(List.of(new Field("y", Scalar.DATE)))));

    @TempDir
    private Path folder = Path.of("");

    private byte[] file() throws IOException {
        Path file = folder.resolve("x.parquet");
        ParquetFiles.write(file, COLUMNS, Map.of(), List.of());
        return Files.readAllBytes(file);
    }

    @Test
    void columnsComeBackAsTheyWereWritten() throws IOException {
        InferredSchema schema =
                Inference.sample("parquet", file(), OptionValues.EMPTY).schema();
        assertEquals(COLUMNS.fields(), schema.fields());
        assertEquals(
                "BIGINT because the file says INT64", schema.columns().get(4).reason());
    }

    @Test
    void partsOfFilesSayNothing() throws IOException {
        byte[] half = Arrays.copyOf(file(), 100);
        LaminarException error =
                assertThrows(LaminarException.class, () -> Inference.sample("parquet", half, OptionValues.EMPTY));
        assertEquals(ErrorCode.BAD_RECORD, error.code());
    }
}
