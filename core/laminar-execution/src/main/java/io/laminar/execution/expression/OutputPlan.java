package io.laminar.execution.expression;

import io.laminar.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an output column comes from. */
sealed interface OutputPlan {
    /** A column of the input, or a member of one, as it is. */
    record PassThrough(Slots.Path path) implements OutputPlan {}

    /** The event time of the input. */
    record EventTime() implements OutputPlan {}

    /** One value for all rows. */
    record Constant(DataType type, @Nullable Object value) implements OutputPlan {}

    /** A column computed by a loop. */
    record Computed(int index) implements OutputPlan {}

    /** A struct that is never null, of other outputs. */
    record Members(List<OutputPlan> members) implements OutputPlan {}
}
