package io.laminar.spi.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One batch of several, array by array. */
public final class BatchConcat {
    private final int size;

    private BatchConcat(int size) {
        this.size = size;
    }

    /** The rows of all batches in their order; there has to be one. Row kinds are kept if any batch has them. */
    public static Batch of(List<Batch> batches) {
        if (batches.size() == 1) {
            return batches.get(0);
        }
        int size = 0;
        boolean hasKinds = false;
        for (Batch batch : batches) {
            size = Math.addExact(size, batch.size());
            hasKinds |= batch.kinds() != null;
        }
        BatchConcat concat = new BatchConcat(size);
        Column[] columns = new Column[batches.get(0).width()];
        for (int c = 0; c < columns.length; c++) {
            List<Column> parts = new ArrayList<>(batches.size());
            for (Batch batch : batches) {
                parts.add(batch.column(c));
            }
            columns[c] = concat.column(parts);
        }
        long[] rowtime = new long[size];
        byte[] kinds = hasKinds ? new byte[size] : null;
        int at = 0;
        for (Batch batch : batches) {
            System.arraycopy(batch.rowtime(), 0, rowtime, at, batch.size());
            byte[] from = batch.kinds();
            if (kinds != null && from != null) {
                System.arraycopy(from, 0, kinds, at, batch.size());
            }
            at += batch.size();
        }
        return new Batch(size, columns, rowtime, kinds);
    }

    private Column column(List<Column> parts) {
        boolean[] nulls = nulls(parts);
        Column first = parts.get(0);
        if (first instanceof LongColumn) {
            long[] values = new long[size];
            int at = 0;
            for (Column part : parts) {
                System.arraycopy(((LongColumn) part).values(), 0, values, at, part.size());
                at += part.size();
            }
            return new LongColumn(values, nulls, size);
        } else if (first instanceof BytesColumn) {
            return bytes(parts, nulls);
        } else if (first instanceof IntColumn) {
            int[] values = new int[size];
            int at = 0;
            for (Column part : parts) {
                System.arraycopy(((IntColumn) part).values(), 0, values, at, part.size());
                at += part.size();
            }
            return new IntColumn(values, nulls, size);
        } else if (first instanceof DoubleColumn) {
            double[] values = new double[size];
            int at = 0;
            for (Column part : parts) {
                System.arraycopy(((DoubleColumn) part).values(), 0, values, at, part.size());
                at += part.size();
            }
            return new DoubleColumn(values, nulls, size);
        } else if (first instanceof BooleanColumn) {
            boolean[] values = new boolean[size];
            int at = 0;
            for (Column part : parts) {
                System.arraycopy(((BooleanColumn) part).values(), 0, values, at, part.size());
                at += part.size();
            }
            return new BooleanColumn(values, nulls, size);
        } else if (first instanceof DecimalColumn) {
            return decimals(parts, nulls);
        }
        return nested(parts, nulls);
    }

    private DecimalColumn decimals(List<Column> parts, boolean @Nullable [] nulls) {
        long[] high = new long[size];
        long[] low = new long[size];
        int at = 0;
        for (Column part : parts) {
            System.arraycopy(((DecimalColumn) part).high(), 0, high, at, part.size());
            System.arraycopy(((DecimalColumn) part).low(), 0, low, at, part.size());
            at += part.size();
        }
        return new DecimalColumn(high, low, nulls, size);
    }

    private Column nested(List<Column> parts, boolean @Nullable [] nulls) {
        if (parts.get(0) instanceof StructColumn struct) {
            List<Column> members = new ArrayList<>();
            for (int m = 0; m < struct.members().size(); m++) {
                int member = m;
                members.add(column(parts.stream()
                        .map(p -> ((StructColumn) p).member(member))
                        .toList()));
            }
            return new StructColumn(members, nulls, size);
        }
        int[] starts = new int[size];
        int[] lengths = new int[size];
        List<Column> elements = new ArrayList<>();
        List<Column> values = new ArrayList<>();
        int at = 0;
        int base = 0;
        for (Column part : parts) {
            boolean list = part instanceof ListColumn;
            Column children = list ? ((ListColumn) part).elements() : ((MapColumn) part).keys();
            elements.add(children);
            if (!list) {
                values.add(((MapColumn) part).values());
            }
            int[] from = list ? ((ListColumn) part).starts() : ((MapColumn) part).starts();
            System.arraycopy(
                    list ? ((ListColumn) part).lengths() : ((MapColumn) part).lengths(), 0, lengths, at, part.size());
            for (int i = 0; i < part.size(); i++) {
                starts[at++] = base + from[i];
            }
            base = Math.addExact(base, children.size());
        }
        BatchConcat inner = new BatchConcat(base);
        Column all = inner.column(elements);
        return values.isEmpty()
                ? new ListColumn(all, starts, lengths, nulls, size)
                : new MapColumn(all, inner.column(values), starts, lengths, nulls, size);
    }

    private BytesColumn bytes(List<Column> parts, boolean @Nullable [] nulls) {
        int[] starts = new int[size];
        int[] lengths = new int[size];
        long total = 0;
        for (Column part : parts) {
            int[] from = ((BytesColumn) part).lengths();
            for (int i = 0; i < part.size(); i++) {
                total += from[i];
            }
        }
        byte[] arena = new byte[Math.toIntExact(total)];
        int at = 0;
        int used = 0;
        for (Column part : parts) {
            BytesColumn text = (BytesColumn) part;
            for (int i = 0; i < part.size(); i++) {
                int length = text.lengths()[i];
                System.arraycopy(text.arena(), text.starts()[i], arena, used, length);
                starts[at] = used;
                lengths[at++] = length;
                used += length;
            }
        }
        return new BytesColumn(arena, starts, lengths, nulls, size);
    }

    private boolean @Nullable [] nulls(List<Column> parts) {
        boolean[] nulls = null;
        int at = 0;
        for (Column part : parts) {
            boolean[] from = part.nulls();
            if (from != null) {
                nulls = nulls == null ? new boolean[size] : nulls;
                System.arraycopy(from, 0, nulls, at, part.size());
            }
            at += part.size();
        }
        return nulls;
    }
}
