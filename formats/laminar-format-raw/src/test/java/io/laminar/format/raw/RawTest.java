package io.laminar.format.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawTest {
    private final List<String> refused = new ArrayList<>();

    private static FormatSpec spec(RecordFormat format, DataType type) {
        Schema schema = Schema.of(new Field("value", type));
        return new FormatSpec(format.name(), schema, List.of(0), OptionValues.EMPTY);
    }

    private Batch decode(RecordFormat format, DataType type, byte[] bytes, boolean end) {
        FormatSpec spec = spec(format, type);
        format.check(spec);
        RecordDecoder decoder = format.decoder(spec);
        BatchBuilder out = new BatchBuilder(spec.schema(), 4);
        decoder.decode(bytes, 0, bytes.length, end, out, (b, from, to, reason) -> refused.add(reason.reason()));
        return out.build();
    }

    private static List<String> texts(Batch batch) {
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            texts.add(((BytesColumn) batch.column(0)).text(row));
        }
        return texts;
    }

    @Test
    void linesAreText() {
        byte[] bytes = "one\r\n\nzwölf\nrest".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                List.of("one", "", "zwölf", "rest"), texts(decode(new RawStringFormat(), Scalar.TEXT, bytes, true)));
        assertEquals(List.of("one", "", "zwölf"), texts(decode(new RawStringFormat(), Scalar.TEXT, bytes, false)));
    }

    @Test
    void invalidTextIsABadRecord() {
        byte[] bytes = {'a', '\n', 'b', (byte) 0xff, '\n', 'c'};
        assertEquals(List.of("a", "c"), texts(decode(new RawStringFormat(), Scalar.TEXT, bytes, true)));
        assertEquals(List.of("column 'value' (TEXT): invalid UTF-8 (at byte 1 of the record)"), refused);
    }

    @Test
    void bytesAreAnything() {
        byte[] bytes = {1, '\r', '\n', (byte) 0xff, '\n'};
        Batch batch = decode(new RawBytesFormat(), Scalar.BYTES, bytes, true);
        assertEquals(2, batch.size());
        assertArrayEquals(new byte[] {1, '\r'}, ((BytesColumn) batch.column(0)).value(0));
        assertArrayEquals(new byte[] {(byte) 0xff}, ((BytesColumn) batch.column(0)).value(1));
    }

    @Test
    void aMessageIsOneRecord() {
        FormatSpec spec = spec(new RawBytesFormat(), Scalar.BYTES);
        BatchBuilder out = new BatchBuilder(spec.schema(), 4);
        byte[] bytes = {1, '\n', 2};
        new RawBytesFormat().decoder(spec).decodeMessage(bytes, 0, 3, out, (b, from, to, reason) -> {
            throw reason;
        });
        assertArrayEquals(bytes, ((BytesColumn) out.build().column(0)).value(0));
    }

    @Test
    void writesLinesAndMessages() {
        byte[] bytes = "a\n\nb".getBytes(StandardCharsets.UTF_8);
        Batch batch = decode(new RawStringFormat(), Scalar.TEXT, bytes, true);
        Slice out = new Slice();
        new RawStringFormat().encoder(spec(new RawStringFormat(), Scalar.TEXT)).encode(batch, out);
        assertEquals("a\n\nb\n", out.toString());
        new RawStringFormat().encoder(spec(new RawStringFormat(), Scalar.TEXT)).encodeMessage(batch, 2, out);
        assertEquals("b", out.toString());
    }

    @Test
    void theTableHasOneColumn() {
        LaminarException error = assertThrows(
                LaminarException.class, () -> new RawStringFormat().check(spec(new RawStringFormat(), Scalar.INT)));
        assertEquals(ErrorCode.INVALID_SCHEMA, error.code());
        assertEquals("declare it as (value TEXT)", error.hint());
    }
}
