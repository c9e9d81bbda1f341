package io.laminar.execution.expression;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.EvaluationContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What generated classes extend. Public for them only. An instance belongs to one thread. */
public abstract class Program {
    /** The bytes of all text literals. */
    protected final byte[] literals;

    /** Clock and random source of the batch at hand. */
    protected EvaluationContext context = NoContext.INSTANCE;

    /** The columns of the batch at hand, for methods that are called per row. */
    protected Column[] slots = {};

    /** Event times of the batch at hand. */
    protected long[] rowtime = {};

    private final Object[] constants;
    private final String[] texts;

    protected Program(Object[] constants, byte[] literals, String[] texts) {
        this.constants = constants;
        this.literals = literals;
        this.texts = texts;
    }

    /**
     * Runs one loop over the rows of a batch.
     *
     * @param loop number of the loop and of its variant
     * @param size rows to visit
     * @param selection rows to visit, or to be filled with the rows that pass by a loop that filters
     * @param out takes the computed columns
     * @return the number of rows that pass
     */
    protected abstract int run(int loop, int size, int @Nullable [] selection, Column[] out);

    final void bind(Batch batch, Column[] columns, EvaluationContext evaluation) {
        slots = columns;
        rowtime = batch.rowtime();
        context = evaluation;
    }

    final void release() {
        slots = new Column[0];
        rowtime = new long[0];
        context = NoContext.INSTANCE;
    }

    protected final Object constant(int index) {
        return Objects.requireNonNull(constants[index]);
    }

    /** The text of an expression, for messages. */
    protected final String text(int index) {
        return texts[index];
    }

    protected final LaminarException overflow(int text, String type) {
        return new LaminarException(ErrorCode.OVERFLOW, texts[text] + ": the result does not fit " + type);
    }

    protected final LaminarException divisionByZero(int text) {
        return new LaminarException(
                ErrorCode.DIVISION_BY_ZERO,
                texts[text] + ": division by zero",
                "nullif(divisor, 0) gives NULL instead");
    }
}
