package io.laminar.plan.node;

import java.io.Serializable;

/** Over which rows an {@link OverNode} looks, and when they leave. */
public sealed interface OverExtent extends Serializable {

    /** All rows in the order of their event time; a row leaves when the watermark has passed all that its frames need. */
    record EventTime() implements OverExtent {}

    /** The rows of a window; they leave, with its last microsecond as event time, when it closes. */
    record Window(WindowSpec.Attached bounds) implements OverExtent {}

    /** All rows of an input that ends; they leave at its end. */
    record Whole() implements OverExtent {}
}
