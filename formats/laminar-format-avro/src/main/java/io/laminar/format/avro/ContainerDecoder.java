package io.laminar.format.avro;

import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFailure;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Messages that are containers: each brings its schema and may hold any number of records. */
final class ContainerDecoder implements RecordDecoder {
    private final FormatSpec spec;
    private boolean started;
    private @Nullable Schema target;

    /** The schema met last, as messages of one stream mostly have one. */
    private String lastSchema = "";

    private @Nullable DatumReader lastReader;

    ContainerDecoder(FormatSpec spec) {
        this.spec = spec;
    }

    @Override
    public boolean text() {
        return false;
    }

    /** All that comes is one container. */
    @Override
    public int decode(byte[] buffer, int from, int to, boolean end, BatchBuilder out, BadRecords bad) {
        if (!end) {
            return from;
        }
        decodeMessage(buffer, from, to, out, bad);
        return to;
    }

    @Override
    public void decodeMessage(byte[] buffer, int from, int to, BatchBuilder out, BadRecords bad) {
        int rows = out.rows();
        try {
            read(buffer, from, to, out);
        } catch (RecordFailure failure) {
            out.truncate(rows);
            bad.report(buffer, from, to, failure.reason(from));
        } catch (LaminarException refused) {
            out.truncate(rows);
            LaminarException reason = new LaminarException(ErrorCode.BAD_RECORD, refused.reason(), refused.hint());
            bad.report(buffer, from, to, reason);
        }
    }

    private void read(byte[] b, int from, int to, BatchBuilder out) {
        ContainerHeader header = ContainerHeader.read(b, from, to);
        DatumReader reader = reader(header);
        int p = from + header.length();
        while (p < to) {
            Block block = Block.read(header, b, p, to);
            readAll(block, reader, out);
            p = block.end();
        }
    }

    private static void readAll(Block block, DatumReader reader, BatchBuilder out) {
        int p = block.from();
        Lengths.checkRecords(block);
        try {
            for (long i = 0; i < block.count(); i++) {
                p = reader.read(block.bytes(), p, block.to(), out);
            }
        } catch (RecordFailure failure) {
            reader.rollback(out);
            throw failure;
        }
        if (p != block.to()) {
            throw new RecordFailure(p, (block.to() - p) + " bytes follow the last record of a block");
        }
    }

    private DatumReader reader(ContainerHeader header) {
        if (!started) {
            started = true;
            target = AvroSchemas.declared(spec.options());
        }
        DatumReader known = lastReader;
        if (known == null || !lastSchema.equals(header.schemaText())) {
            known = DatumReader.of(header.schema(), target, spec);
            lastReader = known;
            lastSchema = header.schemaText();
        }
        return known;
    }
}
