package io.laminar.format.avro;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFailure;

/** Datums, one per message or one after the other in a stream. */
final class AvroDecoder implements RecordDecoder {
    private final Datums datums;
    private final int maxLength;

    AvroDecoder(FormatSpec spec, Datums datums) {
        this.datums = datums;
        maxLength = Framing.maxLength(spec.options());
    }

    @Override
    public boolean text() {
        return false;
    }

    @Override
    public int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        // The size of the builder in bytes is costly to ask for; what has been read stands for it.
        int full = out.isFull() ? from : (int) Math.min(Integer.MAX_VALUE, (long) from + Batch.TARGET_BYTES);
        int position = from;
        while (position < to && position < full && out.rows() < Batch.TARGET_ROWS) {
            try {
                position = datums.read(buffer, position, to, out);
            } catch (RecordFailure failure) {
                boolean incomplete = failure.isTruncated() && !end;
                if (incomplete && to - position <= maxLength) {
                    return position;
                }
                LaminarException reason = incomplete ? tooLong() : failure.reason(position);
                bad.report(buffer, position, to, reason);
                throw lost(reason);
            }
        }
        return position;
    }

    /** Nothing marks where records start: after one that cannot be read none can. */
    private static LaminarException lost(LaminarException reason) {
        return new LaminarException(
                ErrorCode.BAD_RECORD,
                "records that follow one another without marks cannot be read after a bad one: " + reason.reason(),
                "container files (without avro.raw_datums and avro.confluent_schema_registry) have such marks");
    }

    private LaminarException tooLong() {
        return new LaminarException(
                ErrorCode.BAD_RECORD,
                "the record is longer than " + Framing.MAX_LENGTH.name() + " = " + maxLength + " bytes");
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        int rows = out.rows();
        try {
            if (to - from > maxLength) {
                throw tooLong();
            }
            int end = datums.read(buffer, from, to, out);
            if (end != to) {
                throw new RecordFailure(end, (to - end) + " bytes follow the record");
            }
        } catch (RecordFailure failure) {
            out.truncate(rows);
            bad.report(buffer, from, to, failure.reason(from));
        } catch (LaminarException refused) {
            out.truncate(rows);
            if (refused.code() != ErrorCode.BAD_RECORD) {
                throw refused;
            }
            bad.report(buffer, from, to, refused);
        }
    }
}
