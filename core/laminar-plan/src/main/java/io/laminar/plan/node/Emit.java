package io.laminar.plan.node;

import java.io.Serializable;

/** When an aggregation emits. */
public sealed interface Emit extends Serializable {

    /** Once: when the window closes, or without a window when the input ends. The result only appends. */
    record Final() implements Emit {}

    /** Changes, consolidated over {@code interval} microseconds of processing time; 0: after every batch. */
    record Changes(long interval) implements Emit {}
}
