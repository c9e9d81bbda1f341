package io.laminar.execution.expression;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled filter with projections. Keeps registers between rows, so every thread needs one of its own. */
public final class CompiledExpressions {
    private final Program program;
    private final boolean filters;
    private final int loops;
    private final int computedColumns;
    private final List<Slots.Path> paths;
    private final List<Set<Integer>> slotsOfLoops;
    private final List<OutputPlan> outputs;
    private final OutputPlan time;
    private final Map<String, Integer> methodSizes;
    private final ConstantColumns constants = new ConstantColumns();
    private int[] selection = new int[0];

    CompiledExpressions(
            Program program,
            boolean filters,
            int loops,
            int computedColumns,
            List<Slots.Path> paths,
            List<Set<Integer>> slotsOfLoops,
            List<OutputPlan> outputs,
            OutputPlan time,
            Map<String, Integer> methodSizes) {
        this.program = program;
        this.filters = filters;
        this.loops = loops;
        this.computedColumns = computedColumns;
        this.paths = paths;
        this.slotsOfLoops = slotsOfLoops;
        this.outputs = outputs;
        this.time = time;
        this.methodSizes = methodSizes;
    }

    /**
     * The rows that pass, with the projections as columns. Row kinds and lane stay with their rows.
     *
     * @return null if no row passes
     */
    public @Nullable Batch evaluate(Batch input, EvaluationContext context) {
        Column[] slots = new Column[paths.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = paths.get(i).resolve(input);
        }
        program.bind(input, slots, context);
        try {
            return run(input, slots);
        } finally {
            program.release();
        }
    }

    private @Nullable Batch run(Batch input, Column[] slots) {
        Column[] computed = new Column[computedColumns];
        int count = input.size();
        int next = 0;
        if (filters) {
            // A fresh array only when it is too short: nothing keeps the selection beyond this call.
            if (selection.length < count) {
                selection = new int[count];
            }
            count = program.run(numberOf(next++, slots), count, selection, computed);
            if (count == 0) {
                return null;
            }
        }
        while (next < loops) {
            program.run(numberOf(next++, slots), count, selection, computed);
        }
        return assemble(input, count, computed);
    }

    private int numberOf(int loop, Column[] slots) {
        for (int slot : slotsOfLoops.get(loop)) {
            if (slots[slot].nulls() != null) {
                return loop * ProgramWriter.VARIANTS + ProgramWriter.NULLABLE;
            }
        }
        return loop * ProgramWriter.VARIANTS + ProgramWriter.DENSE;
    }

    private Batch assemble(Batch input, int count, Column[] computed) {
        Rows rows = new Rows(input, count, computed, count == input.size());
        Column[] columns = new Column[outputs.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(outputs.get(i), rows);
        }
        byte[] kinds = input.kinds();
        if (kinds != null && !rows.all()) {
            byte[] gathered = new byte[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = kinds[selection[i]];
            }
            kinds = gathered;
        }
        return new Batch(count, columns, eventTime(rows), kinds, input.lane());
    }

    /** @param all whether the filter let every row pass, so that columns need not be gathered */
    private record Rows(Batch input, int count, Column[] computed, boolean all) {}

    private Column column(OutputPlan plan, Rows rows) {
        if (plan instanceof OutputPlan.Computed computed) {
            return Objects.requireNonNull(rows.computed()[computed.index()]);
        }
        if (plan instanceof OutputPlan.PassThrough passed) {
            Column column = passed.path().resolve(rows.input());
            return rows.all() ? column : column.gather(selection, rows.count());
        }
        if (plan instanceof OutputPlan.Constant constant) {
            return constants.column(constant, rows.count());
        }
        if (plan instanceof OutputPlan.Members struct) {
            List<Column> members = new ArrayList<>(struct.members().size());
            struct.members().forEach(member -> members.add(column(member, rows)));
            return new StructColumn(members, null, rows.count());
        }
        return new LongColumn(oldTimes(rows), null, rows.count());
    }

    private long[] oldTimes(Rows rows) {
        long[] times = rows.input().rowtime();
        if (rows.all()) {
            return times;
        }
        long[] gathered = new long[rows.count()];
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = times[selection[i]];
        }
        return gathered;
    }

    private long[] eventTime(Rows rows) {
        if (time instanceof OutputPlan.EventTime) {
            return oldTimes(rows);
        }
        LongColumn column = (LongColumn) column(time, rows);
        boolean[] nulls = column.nulls();
        for (int i = 0; nulls != null && i < rows.count(); i++) {
            if (nulls[i]) {
                throw new LaminarException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "the event time of a row is NULL",
                        "filter such rows out before, or give them a time with coalesce");
            }
        }
        return column.values();
    }

    /** Bytes of code of the largest generated method that runs more than once. */
    int largestMethod() {
        return methodSizes.entrySet().stream()
                .filter(method -> !method.getKey().equals(MethodSizes.CONSTRUCTOR))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    Map<String, Integer> methodSizes() {
        return methodSizes;
    }
}
