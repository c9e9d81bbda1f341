package io.laminar.execution.spill;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.snapshot.Overflow;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.execution.snapshot.TableState;
import io.laminar.execution.snapshot.WholeState;
import io.laminar.execution.state.StateTables;

/** Makes what takes the snapshots of the operators of slices, each with names of its own for its files. */
final class SliceSources {
    private final SpillFolder folder;
    private long made;

    /** @param folder for what snapshots copy and memory has no room for */
    SliceSources(SpillFolder folder) {
        this.folder = folder;
    }

    /** @param operator open, not restored yet */
    StateSource of(Operator operator, OperatorContext context) {
        StateTables tables = operator.tables();
        if (tables == null) {
            return new WholeState(operator, context.keyGroups());
        }
        long number = made++;
        // The first one is that of all keys, with what operators without slices do.
        return number == 0
                ? new TableState(tables, this::overflow)
                : new TableState(tables, "slice" + number + "-", 0, this::overflow);
    }

    private Overflow overflow() {
        return new CopyFile(folder);
    }
}
