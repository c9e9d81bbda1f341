package io.laminar.format.debezium;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into rows with kinds: c and r (a row of the first snapshot) into +I, u into -U and +U, d into -D. A
 * record is decoded as JSON first, one at a time, so that a change that makes no sense is refused as that record.
 */
final class DebeziumDecoder implements RecordDecoder {
    private final RecordDecoder json;
    private final Schema schema;
    private final int[] required;
    private final boolean wrapped;
    private final BatchBuilder change;

    DebeziumDecoder(FormatSpec spec, RecordDecoder json) {
        this.json = json;
        schema = spec.projected();
        required = IntStream.range(0, schema.size())
                .filter(i -> !schema.field(i).nullable())
                .toArray();
        wrapped = spec.options().bool(DebeziumFormat.INCLUDE_SCHEMA);
        change = new BatchBuilder(Envelope.read(spec).schema(), 1);
    }

    @Override
    public boolean splittable() {
        return true;
    }

    @Override
    public int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        int position = from;
        // An update makes two rows, which stay in one batch.
        while (position < to && !out.isFull() && out.rows() < Batch.TARGET_ROWS - 1) {
            int feed = position;
            while (feed < to && buffer[feed] != '\n') {
                feed++;
            }
            if (feed == to && !end) {
                return position;
            }
            json.decode(buffer, position, feed, true, change, bad);
            emit(buffer, position, feed, out, bad);
            position = Math.min(to, feed + 1);
        }
        return position;
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        json.decodeMessage(buffer, from, to, change, bad);
        emit(buffer, from, to, out, bad);
    }

    /** Adds the rows of the changes decoded from a record; all or none. */
    private void emit(byte[] b, int from, int to, BatchBuilder out, BadRecords bad) {
        int rows = out.rows();
        Batch changes = change.build();
        try {
            for (int row = 0; row < changes.size(); row++) {
                add(changes, row, out);
            }
        } catch (LaminarException reason) {
            out.truncate(rows);
            bad.report(b, from, to, reason);
        }
    }

    private void add(Batch changes, int row, BatchBuilder out) {
        List<Column> members = List.of(changes.columns());
        BytesColumn op = (BytesColumn) members.get(Envelope.OP);
        if (op.isNull(row)) {
            throw bad(
                    "the change has no op",
                    wrapped ? null : "records with schema and payload need json.include_schema = true");
        }
        StructColumn before = (StructColumn) members.get(Envelope.BEFORE);
        StructColumn after = (StructColumn) members.get(Envelope.AFTER);
        String what = op.text(row);
        switch (what) {
            case "c", "r" -> add(after, row, "after", what, RowKind.INSERT, out);
            case "u" -> {
                add(before, row, "before", what, RowKind.UPDATE_BEFORE, out);
                add(after, row, "after", what, RowKind.UPDATE_AFTER, out);
            }
            case "d" -> add(before, row, "before", what, RowKind.DELETE, out);
            default -> throw bad("unknown op '" + what + "'; there are c, r, u and d", null);
        }
    }

    private void add(StructColumn rows, int row, String member, String op, byte kind, BatchBuilder out) {
        if (rows.isNull(row)) {
            throw bad(
                    "a change with op '" + op + "' needs " + member,
                    member.equals("before")
                            ? "let the database write whole rows, for Postgres REPLICA IDENTITY FULL"
                            : null);
        }
        for (int column : required) {
            if (rows.member(column).isNull(row)) {
                throw new LaminarException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column '" + schema.field(column).name() + "' is NOT NULL but " + member + " has none");
            }
        }
        for (int i = 0; i < schema.size(); i++) {
            out.column(i).appendFrom(rows.member(i), row);
        }
        out.endRow(0, kind);
    }

    private static LaminarException bad(String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.BAD_RECORD, reason, hint);
    }
}
