package io.laminar.connector.generator.nexmark;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.SourceFilter;
import java.io.Serializable;

/**
 * Which kinds of events are wanted. Kinds repeat every {@link NexmarkIds#EPOCH} events.
 *
 * @param offsets positions in an epoch, ascending
 */
record NexmarkKinds(int[] offsets) implements Serializable {

    /** What meets the conditions: columns that are not NULL. */
    static NexmarkKinds of(SourceFilter filter) {
        int[] wanted = new int[NexmarkIds.EPOCH];
        int count = 0;
        for (int offset = 0; offset < NexmarkIds.EPOCH; offset++) {
            if (isWanted(offset, filter)) {
                wanted[count++] = offset;
            }
        }
        return new NexmarkKinds(java.util.Arrays.copyOf(wanted, count));
    }

    private static boolean isWanted(long event, SourceFilter filter) {
        for (ColumnCondition condition : filter.conditions()) {
            boolean present =
                    switch (condition.column()) {
                        case "person" -> NexmarkIds.isPerson(event);
                        case "auction" -> NexmarkIds.isAuction(event);
                        default -> NexmarkIds.isBid(event);
                    };
            if (!present) {
                return false;
            }
        }
        return true;
    }

    boolean all() {
        return offsets.length == NexmarkIds.EPOCH;
    }

    /** The wanted ones of the events {@code [first, first + count)}. */
    long[] events(long first, int count) {
        long[] events = new long[count];
        int found = 0;
        for (long epoch = first / NexmarkIds.EPOCH * NexmarkIds.EPOCH;
                epoch < first + count;
                epoch += NexmarkIds.EPOCH) {
            for (int offset : offsets) {
                long event = epoch + offset;
                if (event >= first && event < first + count) {
                    events[found++] = event;
                }
            }
        }
        return java.util.Arrays.copyOf(events, found);
    }
}
