package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;

/**
 * The values of groups in order, equal ones of equal order once.
 *
 * @param arguments the call's arguments, one row per value
 * @param rows rows of the arguments: those of group {@code i} from {@code starts[i]}, in order
 * @param copies for each of {@code rows}, how often the group has the value
 * @param count number of groups
 */
record OrderedValues(Column[] arguments, int[] rows, long[] copies, int[] starts, int[] lengths, int count) {

    /** Where the values of a group end in {@link #rows}. */
    int end(int group) {
        return starts[group] + lengths[group];
    }

    /** How many values a group has, equal ones counted. */
    long size(int group) {
        long size = 0;
        for (int i = starts[group]; i < end(group); i++) {
            size += copies[i];
        }
        return size;
    }

    /** The row of a group's value at a position from 0 on; equal values have as many positions as there are of them. */
    int at(int group, long position) {
        long left = position;
        int i = starts[group];
        while (left >= copies[i]) {
            left -= copies[i++];
        }
        return rows[i];
    }
}
