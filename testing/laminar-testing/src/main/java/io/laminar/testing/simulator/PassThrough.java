package io.laminar.testing.simulator;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;

/** Gives on what it gets: a union, whose work is done by its channels, and the rows of VALUES. */
final class PassThrough implements Operator {

    @Override
    public void open(OperatorContext context) {}

    @Override
    public void process(int input, Batch batch, Output out) {
        out.emit(batch);
    }
}
