package io.laminar.execution.snapshot;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.state.StateTables;

/** Chooses what takes the snapshots of an operator. */
public final class StateSources {

    private StateSources() {}

    /** @param operator open, not restored yet */
    public static StateSource of(Operator operator, OperatorContext context) {
        if (operator instanceof Snapshotting own) {
            return own.states();
        }
        StateTables tables = operator.tables();
        return tables == null ? new WholeState(operator, context.keyGroups()) : new TableState(tables);
    }
}
