package io.laminar.execution.row;

import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;

/** The values of one column of rows that are kept, by slot. */
sealed interface HeldColumn
        permits HeldLongs, HeldInts, HeldDoubles, HeldBooleans, HeldDecimals, HeldBytes, HeldNested {

    static HeldColumn of(DataType type) {
        return switch (type.physical()) {
            case LONG -> new HeldLongs();
            case INT -> new HeldInts();
            case DOUBLE -> new HeldDoubles();
            case BOOLEAN -> new HeldBooleans();
            case DECIMAL -> new HeldDecimals();
            case BYTES -> new HeldBytes();
            case LIST, MAP, STRUCT -> new HeldNested(type);
        };
    }

    /** Makes room for slots below {@code slots}. */
    void reserve(int slots);

    /** Puts the value of row {@code rows[i]} into slot {@code slots[i]}, in this order. */
    void put(Column source, int[] rows, int[] slots, int count);

    /** The values of slots; they stay valid whatever happens to the slots. */
    Column gather(int[] slots, int count);

    /** Whether two slots hold the same value; NULLs are the same. */
    boolean same(int left, int right);

    /** Gives up the memory that the value in a slot takes beside the slot. */
    default void release(int slot) {}

    /** Heap that the values take, nearly. */
    long bytes();
}
