package io.laminar.format.avro;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import org.jspecify.annotations.Nullable;

/** Reads the branch that the record chose. */
final class UnionReader extends ValueReader {
    private final VarintReader ints;
    private final @Nullable ValueReader[] branches;
    private final String[] refusals;
    private ColumnBuilder target = new BooleanBuilder(0);

    /**
     * @param branches null where a branch does not fit the column
     * @param refusals why such a branch does not fit
     */
    UnionReader(VarintReader ints, @Nullable ValueReader[] branches, String[] refusals) {
        this.ints = ints;
        this.branches = branches;
        this.refusals = refusals;
    }

    @Override
    void bind(ColumnBuilder builder) {
        target = builder;
        for (ValueReader branch : branches) {
            if (branch != null) {
                branch.bind(builder);
            }
        }
    }

    ColumnBuilder target() {
        return target;
    }

    @Override
    int read(byte[] b, int from, int limit) {
        int index = index(ints, branches.length, b, from, limit);
        ValueReader branch = branches[index];
        if (branch == null) {
            throw new RecordFailure(from, refusals[index]);
        }
        return branch.read(b, ints.next(), limit);
    }

    static int index(VarintReader ints, int count, byte[] b, int from, int limit) {
        long index = VarintReader.zigzag(ints.read(b, from, limit));
        if (index < 0 || index >= count) {
            throw noBranch(from, index, count);
        }
        return (int) index;
    }

    static RecordFailure noBranch(int position, long index, int count) {
        return new RecordFailure(position, "a union has no branch " + index + "; it has " + count);
    }
}
