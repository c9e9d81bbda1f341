package io.laminar.format.protobuf;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;

/** One message per record; in streams each after its length, as the library's writeDelimitedTo writes them. */
final class ProtobufDecoder implements RecordDecoder {
    private final Messages messages;
    private final int maxLength;
    private final VarintReader ints = new VarintReader();

    ProtobufDecoder(FormatSpec spec, Messages messages) {
        this.messages = messages;
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
            long length;
            try {
                length = ints.read(buffer, position, to);
                if (length < 0 || length > maxLength) {
                    throw new RecordFailure(position, tooLong(length));
                }
                if (length > to - ints.next()) {
                    throw RecordFailure.truncated(position);
                }
            } catch (RecordFailure failure) {
                if (failure.isTruncated() && !end) {
                    return position;
                }
                LaminarException reason = failure.reason(position);
                bad.report(buffer, position, to, reason);
                throw lost(reason);
            }
            int start = ints.next();
            position = start + (int) length;
            decodeMessage(buffer, start, position, out, bad);
        }
        return position;
    }

    private String tooLong(long length) {
        return "the record says it has " + Long.toUnsignedString(length) + " bytes, more than "
                + Framing.MAX_LENGTH.name() + " = " + maxLength;
    }

    /** After a length that is none nobody knows where the next record starts. */
    private static LaminarException lost(LaminarException reason) {
        return new LaminarException(
                ErrorCode.BAD_RECORD, "the stream cannot be read on after a bad length: " + reason.reason());
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        try {
            if (to - from > maxLength) {
                throw new RecordFailure(from, tooLong(to - from));
            }
            messages.read(buffer, from, to, out);
        } catch (RecordFailure failure) {
            out.rollbackRow();
            bad.report(buffer, from, to, failure.reason(from));
        }
    }
}
