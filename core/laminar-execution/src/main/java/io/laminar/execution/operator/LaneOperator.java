package io.laminar.execution.operator;

import io.laminar.spi.batch.Batch;

/** Lets the batches of one lane pass, as the main stream of what follows. */
public final class LaneOperator implements Operator {
    private final Batch.Lane lane;

    public LaneOperator(Batch.Lane lane) {
        this.lane = lane;
    }

    @Override
    public void open(OperatorContext context) {}

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.lane() == lane) {
            out.emit(new Batch(batch.size(), batch.columns(), batch.rowtime(), batch.kinds()));
        }
    }
}
