package io.laminar.execution.window;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.Phase;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;

/** What the windows of one operator have in common: their keys, their calls, and tables to use again. */
final class WindowContext {
    private static final int SPARE_TABLES = 4;

    private final List<Integer> keyColumns;
    private final List<DataType> keyTypes;
    private final List<AggregateCall> calls;
    private final Schema input;
    private final Phase phase;
    private final boolean retracts;
    private final boolean subtractsDistinct;
    private final ArrayDeque<Groups> spare = new ArrayDeque<>();

    /** @param subtractsDistinct whether calls over different values subtract panes that leave a window */
    WindowContext(
            List<Integer> keyColumns,
            List<AggregateCall> calls,
            Schema input,
            Phase phase,
            boolean retracts,
            boolean subtractsDistinct) {
        this.keyColumns = keyColumns;
        this.keyTypes = keyColumns.stream().map(input::type).toList();
        this.calls = calls;
        this.input = input;
        this.phase = phase;
        this.retracts = retracts;
        this.subtractsDistinct = subtractsDistinct;
    }

    List<Integer> keyColumns() {
        return keyColumns;
    }

    /** The positions of the keys in rows that begin with them. */
    List<Integer> keyPositions() {
        return IntStream.range(0, keyColumns.size()).boxed().toList();
    }

    List<DataType> keyTypes() {
        return keyTypes;
    }

    List<AggregateCall> calls() {
        return calls;
    }

    Schema input() {
        return input;
    }

    Phase phase() {
        return phase;
    }

    boolean retracts() {
        return retracts;
    }

    KeyRows newKeyRows() {
        return new KeyRows(keyTypes);
    }

    KeyTable newKeyTable() {
        return KeyTable.of(keyTypes);
    }

    GroupStates newStates() {
        return new GroupStates(calls, input, phase, keyColumns.size(), retracts, subtractsDistinct);
    }

    /** An empty table. */
    Groups borrow() {
        Groups table = spare.pollLast();
        return table != null ? table : new Groups(newKeyTable(), this::newStates);
    }

    /** Takes a table that is not needed any more. */
    void giveBack(Groups table) {
        if (spare.size() < SPARE_TABLES) {
            table.clear();
            spare.addLast(table);
        }
    }

    /** Heap that the tables to be used again take. */
    long bytes() {
        long bytes = 0;
        for (Groups table : spare) {
            bytes += table.bytes();
        }
        return bytes;
    }
}
