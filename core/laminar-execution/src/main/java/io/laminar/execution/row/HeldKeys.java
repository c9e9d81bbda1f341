package io.laminar.execution.row;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.Physical;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sort keys of rows that are kept, by slot, and of the rows of a batch. Numbers become words whose signed order is the
 * wanted one; a column that may be NULL has a second word that tells NULL from the extreme value it is put beside. Other
 * keys are bytes, with their first eight as the word.
 */
public final class HeldKeys {
    /** A number column: which, its direction, and where its words lie. */
    private record Part(int column, boolean descending, boolean nullsFirst, boolean nullable, int offset) {}

    private final List<Part> parts = new ArrayList<>();
    private final @Nullable SortKeyRows encoded;
    private final ByteStore rest = new ByteStore();
    private final int stride;
    private long[] batchWords = new long[0];
    private long[] words = new long[0];
    private int capacity;

    public HeldKeys(List<SortKey> order, Schema schema) {
        int offset = 0;
        boolean numbers = true;
        for (SortKey key : order) {
            Physical physical = schema.type(key.column()).physical();
            boolean nullable = schema.field(key.column()).nullable();
            parts.add(new Part(key.column(), key.descending(), key.nullsFirst(), nullable, offset));
            offset += (physical == Physical.DECIMAL ? 2 : 1) + (nullable ? 1 : 0);
            numbers &= isNumber(physical);
        }
        encoded = numbers ? null : new SortKeyRows(order);
        stride = numbers ? offset : 1;
    }

    private static boolean isNumber(Physical physical) {
        return switch (physical) {
            case LONG, INT, DOUBLE, BOOLEAN, DECIMAL -> true;
            default -> false;
        };
    }

    public void reserve(int slots) {
        if (capacity < slots) {
            capacity = Capacity.grown(slots);
            words = Arrays.copyOf(words, Capacity.grown((long) capacity * stride));
            if (encoded != null) {
                rest.reserve(capacity);
            }
        }
    }

    /** Takes the keys of a batch's rows. */
    public void load(Batch batch) {
        int size = batch.size();
        if (batchWords.length < size * stride) {
            batchWords = new long[Capacity.grown((long) size * stride)];
        }
        if (encoded != null) {
            encoded.load(batch.columns(), size);
            for (int i = 0; i < size; i++) {
                batchWords[i] = encoded.prefix(i);
            }
            return;
        }
        for (Part part : parts) {
            load(part, batch.column(part.column()), size);
        }
    }

    private void load(Part part, Column column, int size) {
        int at = part.offset();
        boolean wide = column instanceof DecimalColumn;
        if (column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < size; i++, at += stride) {
                batchWords[at] = values[i];
            }
        } else if (column instanceof IntColumn ints) {
            for (int i = 0; i < size; i++, at += stride) {
                batchWords[at] = ints.value(i);
            }
        } else if (column instanceof DoubleColumn doubles) {
            for (int i = 0; i < size; i++, at += stride) {
                batchWords[at] = ordered(doubles.value(i));
            }
        } else if (column instanceof BooleanColumn booleans) {
            for (int i = 0; i < size; i++, at += stride) {
                batchWords[at] = booleans.value(i) ? 1 : 0;
            }
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            for (int i = 0; i < size; i++, at += stride) {
                batchWords[at] = decimals.high()[i];
                batchWords[at + 1] = decimals.low()[i] ^ Long.MIN_VALUE;
            }
        }
        if (part.descending()) {
            for (int i = 0, word = part.offset(); i < size; i++, word += stride) {
                batchWords[word] = ~batchWords[word];
                if (wide) {
                    batchWords[word + 1] = ~batchWords[word + 1];
                }
            }
        }
        if (part.nullable()) {
            loadNulls(part, column, size, wide ? 2 : 1);
        }
    }

    private void loadNulls(Part part, Column column, int size, int width) {
        boolean[] nulls = column.nulls();
        long extreme = part.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (int i = 0, at = part.offset(); i < size; i++, at += stride) {
            boolean isNull = nulls != null && nulls[i];
            if (isNull) {
                Arrays.fill(batchWords, at, at + width, extreme);
            }
            batchWords[at + width] = isNull == part.nullsFirst() ? 0 : 1;
        }
    }

    /** A number's bits such that their signed order is that of numbers, NaN last, 0.0 and -0.0 equal. */
    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0 : value);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    /** The first word of the key of a row of the batch; rows with a smaller one come first. */
    public long batchWord(int row) {
        return stride == 0 ? 0 : batchWords[row * stride];
    }

    public long word(int slot) {
        return stride == 0 ? 0 : words[slot * stride];
    }

    /** Keeps the key of a row of the batch. */
    public void put(int row, int slot) {
        System.arraycopy(batchWords, row * stride, words, slot * stride, stride);
        if (encoded != null) {
            rest.put(slot, encoded.bytes(), encoded.starts()[row], encoded.lengths()[row]);
        }
    }

    public void release(int slot) {
        if (encoded != null) {
            rest.release(slot);
        }
    }

    /** Compares the key of a row of the batch with that of a slot. */
    public int compareBatch(int row, int slot) {
        int left = row * stride;
        int right = slot * stride;
        for (int i = 0; i < stride; i++) {
            int order = Long.compare(batchWords[left + i], words[right + i]);
            if (order != 0) {
                return order;
            }
        }
        return encoded == null ? 0 : rest.compare(encoded.bytes(), encoded.starts()[row], encoded.lengths()[row], slot);
    }

    public int compare(int leftSlot, int rightSlot) {
        int left = leftSlot * stride;
        int right = rightSlot * stride;
        for (int i = 0; i < stride; i++) {
            int order = Long.compare(words[left + i], words[right + i]);
            if (order != 0) {
                return order;
            }
        }
        return encoded == null ? 0 : rest.compare(leftSlot, rightSlot);
    }

    /** Heap that the keys take, nearly. */
    public long bytes() {
        return rest.bytes() + HeapSize.of(words) + HeapSize.of(batchWords);
    }
}
