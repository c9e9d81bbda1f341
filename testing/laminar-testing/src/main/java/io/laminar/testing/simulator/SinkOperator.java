package io.laminar.testing.simulator;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;

/** Writes what it gets into the log of its sink. */
final class SinkOperator implements Operator {

    private final SinkLog log;
    private int subtask;

    SinkOperator(SinkLog log) {
        this.log = log;
    }

    @Override
    public void open(OperatorContext context) {
        subtask = context.subtask();
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        log.write(subtask, batch);
    }
}
