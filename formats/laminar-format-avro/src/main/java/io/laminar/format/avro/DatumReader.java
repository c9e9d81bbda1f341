package io.laminar.format.avro;

import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.Field;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The plan for datums that one schema wrote: from bytes into the columns of a table. Not shared between threads. */
final class DatumReader {
    private final Skippers skippers;
    private final Renderings renderings;
    private final Part whole;
    private @Nullable BatchBuilder bound;

    private DatumReader(Skippers skippers, Renderings renderings, Part whole) {
        this.skippers = skippers;
        this.renderings = renderings;
        this.whole = whole;
    }

    /** What a datum as a whole is. */
    private interface Part {
        void bind(ColumnBuilder[] columns);

        int read(byte[] b, int from, int limit);
    }

    /**
     * Makes the plan.
     *
     * @param reader the schema that says defaults and aliases; null without one
     * @throws LaminarException INVALID_SCHEMA when the datums do not fit the table
     */
    static DatumReader of(Schema writer, @Nullable Schema reader, FormatSpec spec) {
        VarintReader ints = new VarintReader();
        Skippers skippers = new Skippers(ints);
        Renderings renderings = new Renderings(ints);
        ReaderCompiler compiler = new ReaderCompiler(ints, skippers, renderings);
        boolean unstructured = spec.options().bool(AvroFormat.INTO_UNSTRUCTURED_JSON);
        Part whole;
        if (spec.projection().isEmpty()) {
            whole = new Skipped(skippers.of(writer));
        } else if (unstructured) {
            whole = new Single(new TextReaders.RenderedReader(renderings.of(writer)));
        } else {
            whole = part(writer, reader, spec, compiler, ints);
        }
        return new DatumReader(skippers, renderings, whole);
    }

    private static Part part(
            Schema writer, @Nullable Schema reader, FormatSpec spec, ReaderCompiler compiler, VarintReader ints) {
        List<Field> columns = spec.projected().fields();
        if (writer.getType() == Schema.Type.RECORD) {
            Schema record = RecordBinding.ofType(reader, Schema.Type.RECORD);
            return new Fields(compiler.record(writer, record, columns, ""));
        }
        if (writer.getType() == Schema.Type.UNION
                && writer.getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.RECORD)) {
            Part[] branches = new Part[writer.getTypes().size()];
            for (int i = 0; i < branches.length; i++) {
                Schema branch = writer.getTypes().get(i);
                branches[i] = branch.getType() == Schema.Type.NULL
                        ? new NullDatum()
                        : part(branch, null, spec, compiler, ints);
            }
            return new Union(ints, branches);
        }
        if (spec.schema().size() != 1) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "records are of type " + writer.getType().getName()
                            + " and not of type record, so a table has one column for them",
                    "declare one column, or avro.into_unstructured_json = true and a column of type JSON");
        }
        Field column = columns.get(0);
        return new Single(compiler.value(writer, reader, column.type(), column.nullable(), column.name()));
    }

    private record Fields(RecordReader record) implements Part {
        @Override
        public void bind(ColumnBuilder[] columns) {
            record.bind(columns);
        }

        @Override
        public int read(byte[] b, int from, int limit) {
            return record.readFields(b, from, limit);
        }
    }

    private record Single(ValueReader value) implements Part {
        @Override
        public void bind(ColumnBuilder[] columns) {
            value.bind(columns[0]);
        }

        @Override
        public int read(byte[] b, int from, int limit) {
            return value.read(b, from, limit);
        }
    }

    private record Skipped(Skipper skipper) implements Part {
        @Override
        public void bind(ColumnBuilder[] columns) {
            // No column takes anything.
        }

        @Override
        public int read(byte[] b, int from, int limit) {
            return skipper.skip(b, from, limit);
        }
    }

    private record NullDatum() implements Part {
        @Override
        public void bind(ColumnBuilder[] columns) {
            // There is nothing to put anywhere.
        }

        @Override
        public int read(byte[] b, int from, int limit) {
            throw new RecordFailure(from, "the record is null");
        }
    }

    private record Union(VarintReader ints, Part[] branches) implements Part {
        @Override
        public void bind(ColumnBuilder[] columns) {
            for (Part branch : branches) {
                branch.bind(columns);
            }
        }

        @Override
        public int read(byte[] b, int from, int limit) {
            Part branch = branches[UnionReader.index(ints, branches.length, b, from, limit)];
            return branch.read(b, ints.next(), limit);
        }
    }

    /** Adds the datum at {@code from} as a row, all or nothing; returns the position after it. */
    int read(byte[] b, int from, int limit, BatchBuilder out) {
        if (bound != out) {
            bind(out);
        }
        int end = whole.read(b, from, limit);
        out.endRow(0);
        return end;
    }

    private void bind(BatchBuilder out) {
        bound = out;
        ColumnBuilder[] columns = new ColumnBuilder[out.schema().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = out.column(i);
        }
        whole.bind(columns);
    }

    /** Takes back what a datum left that failed. */
    void rollback(BatchBuilder out) {
        out.rollbackRow();
        skippers.reset();
        renderings.reset();
    }
}
