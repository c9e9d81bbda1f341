package io.laminar.execution.relational;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.UnnestNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link UnnestNode}: first the row and the position within it are found for each element, then every column is
 * gathered. Row kinds and event times are those of the row, so a changelog stays one. Rows with many elements leave in
 * several batches, unless a condition has to see all of them.
 */
public final class UnnestOperator implements Operator {
    private final int[] carried;
    private final List<Unnested> collections;
    private final boolean ordinality;
    private final boolean outer;
    private final @Nullable CompiledExpressions condition;
    private @Nullable EvaluationContext evaluation;

    private int[] rows = new int[Batch.TARGET_ROWS];
    private int[] positions = new int[Batch.TARGET_ROWS];
    private int count;

    public UnnestOperator(UnnestNode node, ExpressionCompiler compiler) {
        carried = node.carried().stream().mapToInt(Integer::intValue).toArray();
        Schema input = node.input().schema();
        collections = node.collections().stream()
                .map(column -> new Unnested(column, input.type(column)))
                .toList();
        ordinality = node.ordinality();
        outer = node.outer();
        condition = node.condition() == null
                ? null
                : compiler.compile(node.schema(), null, List.of(node.condition()), null);
    }

    @Override
    public void open(OperatorContext context) {
        evaluation = condition == null ? null : context.evaluation();
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        collections.forEach(collection -> collection.load(batch));
        for (int row = 0; row < batch.size(); row++) {
            int length = 0;
            for (Unnested collection : collections) {
                length = Math.max(length, collection.length(row));
            }
            if (length == 0 && outer) {
                add(row, Unnested.NO_ELEMENT);
            }
            for (int position = 0; position < length; position++) {
                add(row, position);
                if (count >= Batch.TARGET_ROWS && condition == null) {
                    emit(batch, out);
                }
            }
        }
        if (count > 0) {
            emit(batch, out);
        }
    }

    private void add(int row, int position) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
        }
        rows[count] = row;
        positions[count++] = position;
    }

    private void emit(Batch batch, Output out) {
        Batch elements = elements(batch);
        if (condition != null) {
            keepMatching(Objects.requireNonNull(condition.evaluate(elements, context())));
            elements = elements(batch);
        }
        count = 0;
        if (condition == null) {
            out.emit(elements);
            return;
        }
        for (int from = 0; from < elements.size(); from += Batch.TARGET_ROWS) {
            out.emit(elements.slice(from, Math.min(Batch.TARGET_ROWS, elements.size() - from)));
        }
    }

    private EvaluationContext context() {
        return Objects.requireNonNull(evaluation, "not open");
    }

    /** Takes out elements that do not match; of a row without any that do, one stays and stands for no element. */
    private void keepMatching(Batch conditions) {
        BooleanColumn matches = (BooleanColumn) conditions.column(0);
        int kept = 0;
        int from = 0;
        while (from < count) {
            int row = rows[from];
            int before = kept;
            int next = from;
            for (; next < count && rows[next] == row; next++) {
                if (positions[next] != Unnested.NO_ELEMENT && !matches.isNull(next) && matches.value(next)) {
                    rows[kept] = row;
                    positions[kept++] = positions[next];
                }
            }
            if (kept == before) {
                rows[kept] = row;
                positions[kept++] = Unnested.NO_ELEMENT;
            }
            from = next;
        }
        count = kept;
    }

    private Batch elements(Batch batch) {
        List<Column> columns = new ArrayList<>();
        for (int column : carried) {
            columns.add(batch.column(column).gather(rows, count));
        }
        for (Unnested collection : collections) {
            collection.gather(rows, positions, count, columns);
        }
        if (ordinality) {
            columns.add(ordinals());
        }
        Batch gathered = batch.withColumns(new Column[0]).gather(rows, count);
        return gathered.withColumns(columns.toArray(new Column[0]));
    }

    private IntColumn ordinals() {
        int[] ordinals = new int[count];
        boolean[] missing = null;
        for (int i = 0; i < count; i++) {
            ordinals[i] = positions[i] + 1;
            if (positions[i] == Unnested.NO_ELEMENT) {
                missing = missing == null ? new boolean[count] : missing;
                missing[i] = true;
            }
        }
        return new IntColumn(ordinals, missing, count);
    }
}
