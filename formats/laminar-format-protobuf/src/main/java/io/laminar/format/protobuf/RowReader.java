package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;
import org.jspecify.annotations.Nullable;

/** The plan for messages of one type: from bytes into the columns of a table. Not shared between threads. */
final class RowReader {
    private final Descriptor type;
    private final @Nullable MessageReader message;
    private final boolean wanted;
    private final RecordOutput output = new RecordOutput();
    private final Slice text = new Slice();
    private final Slice view = new Slice();
    private @Nullable BatchBuilder bound;

    RowReader(Descriptor type, FormatSpec spec) {
        this.type = type;
        boolean unstructured = spec.options().bool(ProtobufFormat.INTO_UNSTRUCTURED_JSON);
        wanted = !spec.projection().isEmpty();
        message = unstructured
                ? null
                : new ReaderCompiler(new VarintReader())
                        .message(type, spec.projected().fields(), "");
    }

    /** Adds the message {@code b[from, to)} as a row, all or nothing. */
    void read(byte[] b, int from, int to, BatchBuilder out) {
        try {
            MessageReader reader = message;
            if (reader == null) {
                readWhole(b, from, to, out);
            } else {
                if (bound != out) {
                    bind(reader, out);
                }
                reader.begin();
                reader.read(b, from, to, out.rows());
                reader.finish(out.rows(), from);
            }
            out.endRow(0);
        } catch (RecordFailure failure) {
            out.rollbackRow();
            throw failure;
        }
    }

    private void bind(MessageReader reader, BatchBuilder out) {
        bound = out;
        ColumnBuilder[] columns = new ColumnBuilder[out.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = out.column(i);
        }
        reader.bind(columns);
    }

    private void readWhole(byte[] b, int from, int to, BatchBuilder out) {
        view.set(b, from, to - from);
        text.length(0);
        output.start(text);
        MessageJson.write(JsonField.parse(type, view, from), output);
        output.finish();
        if (wanted) {
            ((BytesBuilder) out.column(0)).append(text);
        }
    }
}
