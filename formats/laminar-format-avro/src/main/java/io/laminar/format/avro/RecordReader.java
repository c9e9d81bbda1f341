package io.laminar.format.avro;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.text.Utf8;
import java.util.List;

/**
 * Reads records: one step per field as written, then one per field the writer did not have. The steps that most fields
 * are made of stand in the loop itself; the others call a reader.
 */
final class RecordReader extends ValueReader {
    static final int CALL = 0;
    static final int LONG = 1;
    static final int INT = 2;
    static final int TEXT = 3;
    static final int BYTES = 4;
    static final int DOUBLE = 5;
    static final int FLOAT = 6;
    static final int BOOLEAN = 7;
    static final int LONG_MILLIS = 8;
    static final int SKIP = 9;
    static final int SKIP_VARINT = 10;
    static final int SKIP_LENGTH = 11;
    static final int SKIP_FIXED = 12;

    /** The marks of fields that are no union of null and something. */
    private static final int NEVER_NULL = -1;

    private static final int MICROS_PER_MILLI = 1_000;

    private final VarintReader ints;
    private final List<Step> steps;
    private final int[] operations;
    private final int[] nullBranches;
    private final int[] sizes;
    private final ValueReader[] readers;
    private final Skipper[] skippers;
    private final ColumnBuilder[] targets;
    private final LongBuilder[] longs;
    private final IntBuilder[] integers;
    private final DoubleBuilder[] doubles;
    private final BytesBuilder[] texts;
    private final BooleanBuilder[] booleans;
    private StructBuilder struct = new StructBuilder(new ColumnBuilder[0]);

    /**
     * One step.
     *
     * @param column position of the column or member that takes the value; negative: none does
     * @param nullBranch which of the two branches of a union is null; negative: the value is no such union
     * @param reader of the value; {@link Skipper#READS_NOTHING} where it is skipped
     * @param skipper of the value, if no column takes it
     * @param path of the column in messages
     */
    record Step(int column, int nullBranch, boolean nullable, ValueReader reader, Skipper skipper, String path) {

        boolean skips() {
            return column < 0;
        }
    }

    RecordReader(VarintReader ints, List<Step> steps) {
        this.ints = ints;
        this.steps = List.copyOf(steps);
        int count = steps.size();
        operations = new int[count];
        nullBranches = new int[count];
        sizes = new int[count];
        readers = new ValueReader[count];
        skippers = new Skipper[count];
        targets = new ColumnBuilder[count];
        longs = new LongBuilder[count];
        integers = new IntBuilder[count];
        doubles = new DoubleBuilder[count];
        texts = new BytesBuilder[count];
        booleans = new BooleanBuilder[count];
        for (int i = 0; i < count; i++) {
            Step step = steps.get(i);
            operations[i] =
                    step.skips() ? step.skipper().operation() : step.reader().operation();
            // Branches are counted in zigzag form, as they are written.
            nullBranches[i] = step.nullBranch() < 0 ? NEVER_NULL : step.nullBranch() * 2;
            sizes[i] = step.skipper().size();
            readers[i] = step.reader();
            skippers[i] = step.skipper();
        }
    }

    @Override
    void bind(ColumnBuilder builder) {
        struct = (StructBuilder) builder;
        ColumnBuilder[] members = new ColumnBuilder[struct.width()];
        for (int i = 0; i < members.length; i++) {
            members[i] = struct.member(i);
        }
        bind(members);
    }

    void bind(ColumnBuilder[] columns) {
        for (int i = 0; i < operations.length; i++) {
            Step step = steps.get(i);
            if (step.skips()) {
                continue;
            }
            ColumnBuilder column = columns[step.column()];
            targets[i] = column;
            switch (operations[i]) {
                case LONG, LONG_MILLIS -> longs[i] = (LongBuilder) column;
                case INT -> integers[i] = (IntBuilder) column;
                case DOUBLE, FLOAT -> doubles[i] = (DoubleBuilder) column;
                case TEXT, BYTES -> texts[i] = (BytesBuilder) column;
                case BOOLEAN -> booleans[i] = (BooleanBuilder) column;
                default -> readers[i].bind(column);
            }
        }
    }

    @Override
    int read(byte[] b, int from, int limit) {
        int p = readFields(b, from, limit);
        struct.endStruct();
        return p;
    }

    int readFields(byte[] b, int from, int limit) {
        int p = from;
        for (int i = 0; i < operations.length; i++) {
            int nullBranch = nullBranches[i];
            if (nullBranch != NEVER_NULL) {
                long branch = ints.read(b, p, limit);
                int start = p;
                p = ints.next();
                if (branch == nullBranch) {
                    appendNull(i, start);
                    continue;
                }
                if (branch != 2 - nullBranch) {
                    throw UnionReader.noBranch(start, VarintReader.zigzag(branch), 2);
                }
            }
            switch (operations[i]) {
                case LONG -> {
                    longs[i].append(VarintReader.zigzag(ints.read(b, p, limit)));
                    p = ints.next();
                }
                case INT -> {
                    long value = VarintReader.zigzag(ints.read(b, p, limit));
                    if (value != (int) value) {
                        throw Integers.tooLarge(p);
                    }
                    integers[i].append((int) value);
                    p = ints.next();
                }
                case TEXT -> {
                    int start = p;
                    int count = Lengths.read(ints, b, p, limit);
                    p = ints.next();
                    if (Utf8.invalidAt(b, p, p + count) >= 0) {
                        throw TextReaders.notUtf8(start);
                    }
                    texts[i].view(b, p, count);
                    p += count;
                }
                case BYTES -> {
                    int count = Lengths.read(ints, b, p, limit);
                    p = ints.next();
                    texts[i].view(b, p, count);
                    p += count;
                }
                case DOUBLE -> {
                    doubles[i].append(Floats.doubleAt(b, p, limit));
                    p += Double.BYTES;
                }
                case FLOAT -> {
                    doubles[i].append(Floats.floatAt(b, p, limit));
                    p += Float.BYTES;
                }
                case BOOLEAN -> {
                    booleans[i].append(ScalarReaders.booleanAt(b, p, limit));
                    p++;
                }
                case LONG_MILLIS -> {
                    long millis = VarintReader.zigzag(ints.read(b, p, limit));
                    longs[i].append(Integers.times(millis, MICROS_PER_MILLI, p));
                    p = ints.next();
                }
                case SKIP_VARINT -> {
                    ints.read(b, p, limit);
                    p = ints.next();
                }
                case SKIP_LENGTH -> {
                    int count = Lengths.read(ints, b, p, limit);
                    p = ints.next() + count;
                }
                case SKIP_FIXED -> p = Lengths.end(p, sizes[i], limit);
                case SKIP -> p = skippers[i].skip(b, p, limit);
                default -> p = readers[i].read(b, p, limit);
            }
        }
        return p;
    }

    private void appendNull(int step, int position) {
        Step of = steps.get(step);
        if (of.skips()) {
            return;
        }
        if (!of.nullable()) {
            throw isNull(position, of.path());
        }
        targets[step].appendNull();
    }

    static RecordFailure isNull(int position, String path) {
        return new RecordFailure(
                ErrorCode.NULL_NOT_ALLOWED, position, "column '" + path + "' is NOT NULL but the record has null");
    }
}
