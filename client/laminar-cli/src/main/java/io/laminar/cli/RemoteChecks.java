package io.laminar.cli;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.SinkNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.function.Consumer;

/** What is different for a pipeline that runs on a cluster. */
final class RemoteChecks {

    private RemoteChecks() {}

    /** @throws LaminarException USAGE if rows would have nobody to go to */
    static void check(StreamPlan plan, boolean detached, Consumer<String> warn) {
        boolean printed = false;
        for (SinkNode sink : plan.sinks()) {
            if (detached && sink.table().connector().equals("preview")) {
                throw new LaminarException(
                        ErrorCode.USAGE,
                        "the rows of a plain SELECT are printed here, and with --detached nobody is here to read them",
                        "write them to a table: INSERT INTO name SELECT ...; or leave --detached out");
            }
            printed |= sink.table().connector().equals("stdout");
        }
        if (printed) {
            warn.accept("note: tables with connector = 'stdout' print where the workers run");
        }
    }
}
