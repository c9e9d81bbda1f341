package io.laminar.testing.slt;

import io.laminar.spi.type.Schema;
import io.laminar.testing.text.TextRow;
import java.util.List;

/** One thing that happens to a running pipeline. */
sealed interface ScriptEvent {

    /** @param schema the declared columns of the table, those of the rows */
    record Rows(String table, Schema schema, List<TextRow> rows) implements ScriptEvent {}

    record Watermark(String table, long time) implements ScriptEvent {}

    record Checkpoint() implements ScriptEvent {}

    record Clock(long time) implements ScriptEvent {}
}
