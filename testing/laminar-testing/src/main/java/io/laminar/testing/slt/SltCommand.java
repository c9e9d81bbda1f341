package io.laminar.testing.slt;

import java.util.List;
import java.util.Optional;

/** One directive of a file with what stands below it. Lines are one-based. */
sealed interface SltCommand {

    int line();

    /** A line below a directive. */
    record Row(int line, String text) {}

    /** SQL text as it stands in the file, beginning at line {@code start}. */
    record Sql(int start, String text) {}

    /** {@code statement ok}: a declaration or setting for all pipelines below it. */
    record Statement(int line, Sql sql) implements SltCommand {}

    /**
     * {@code statement error CODE [LINE:COLUMN] [REGEX]}.
     *
     * @param position line and column within the statement, as {@code 1:8}
     */
    record StatementError(int line, String code, Optional<String> position, Optional<String> pattern, Sql sql)
            implements SltCommand {}

    /** {@code pipeline sink=NAME}: a bare query, or INSERTs. */
    record Pipeline(int line, String sink, Sql sql) implements SltCommand {}

    /** {@code feed TABLE [file=PATH]}. */
    record Feed(int line, String table, Optional<String> file, List<Row> rows) implements SltCommand {}

    /** {@code watermark TABLE TIME}, or {@code max} for the end of time. */
    record Watermark(int line, String table, long time) implements SltCommand {}

    record Checkpoint(int line) implements SltCommand {}

    /** {@code clock TIME}: moves processing time. */
    record Clock(int line, long time) implements SltCommand {}

    /** {@code expect rows|changelog [SINK]}. */
    record ExpectRows(int line, boolean changelog, Optional<String> sink, List<Row> rows) implements SltCommand {}

    /** {@code expect metric NAME VALUE}. */
    record ExpectMetric(int line, String metric, long value) implements SltCommand {}

    /** {@code expect error CODE [REGEX]}: the running pipeline fails. */
    record ExpectError(int line, String code, Optional<String> pattern) implements SltCommand {}
}
