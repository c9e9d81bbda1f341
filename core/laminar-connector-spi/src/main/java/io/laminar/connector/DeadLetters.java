package io.laminar.connector;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;

/** Collects records that could not be decoded, for the lane DEAD_LETTER. */
public final class DeadLetters {

    /** The columns a dead-letter table can have, bound by name. */
    public static final Schema SCHEMA = Schema.of(
            new Field("source", Scalar.TEXT, false),
            new Field("line", Scalar.BIGINT, true),
            new Field("byte_offset", Scalar.BIGINT, false),
            new Field("code", Scalar.TEXT, false),
            new Field("reason", Scalar.TEXT, false),
            new Field("record", Scalar.BYTES, false));

    private final BatchBuilder rows = new BatchBuilder(SCHEMA, 16);

    public void add(Place.Data place, LaminarException reason, byte[] buffer, int from, int to, long arrival) {
        text(0, place.source());
        if (place.line() > 0) {
            ((LongBuilder) rows.column(1)).append(place.line());
        }
        ((LongBuilder) rows.column(2)).append(place.offset());
        text(3, reason.code().code());
        text(4, reason.reason());
        ((BytesBuilder) rows.column(5)).append(buffer, from, to - from);
        rows.endRow(arrival);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The records collected; none are left. */
    public Batch take() {
        return rows.build(Batch.Lane.DEAD_LETTER);
    }

    private void text(int column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ((BytesBuilder) rows.column(column)).append(bytes, 0, bytes.length);
    }
}
