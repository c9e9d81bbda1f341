package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a filter and projections to one generated class. Rows are visited in loops over arrays: first the condition,
 * which gives a selection of rows, then the projections in as few loops as HotSpot's limit on the size of methods allows.
 * Thread-safe.
 */
public final class ExpressionCompiler {
    /** Bytecodes a loop is filled up to by estimate, to begin with. */
    private static final int FIRST_BUDGET = 4000;

    private static final int LAST_BUDGET = 200;

    private final FunctionRegistry functions;

    public ExpressionCompiler(FunctionRegistry functions) {
        this.functions = functions;
    }

    /** A compiler that knows the functions that come with Laminar. */
    public static ExpressionCompiler builtin() {
        return new ExpressionCompiler(FunctionRegistry.builtin());
    }

    /**
     * Compiles expressions over batches of a schema. What is wrong with them shows here, as far as it does not depend on
     * rows.
     *
     * @param condition BOOLEAN; rows for which it is false or NULL are left out; null keeps all rows
     * @param rowtime the new event time, TIMESTAMP; null keeps that of the input
     * @return an evaluator with registers of its own, for one thread
     */
    public CompiledExpressions compile(
            Schema input, @Nullable Expression condition, List<Expression> projections, @Nullable Expression rowtime) {
        ConstantFolder folder = new ConstantFolder(this, functions);
        List<Expression> all = new ArrayList<>(projections);
        if (condition != null) {
            all.add(condition);
        }
        if (rowtime != null) {
            all.add(rowtime);
        }
        folder.learn(all);
        return compileFolded(
                input,
                condition == null ? null : Balance.of(folder.fold(condition)),
                projections.stream().map(p -> Balance.of(folder.fold(p))).toList(),
                rowtime == null ? null : Balance.of(folder.fold(rowtime)));
    }

    /** As {@link #compile} without computing constants beforehand. */
    CompiledExpressions compileFolded(
            Schema input, @Nullable Expression condition, List<Expression> projections, @Nullable Expression rowtime) {
        for (int budget = FIRST_BUDGET; ; budget /= 2) {
            CompiledExpressions compiled = attempt(input, condition, projections, rowtime, budget);
            if (compiled.largestMethod() < MethodSizes.HUGE || budget <= LAST_BUDGET) {
                return compiled;
            }
        }
    }

    private CompiledExpressions attempt(
            Schema input,
            @Nullable Expression condition,
            List<Expression> projections,
            @Nullable Expression rowtime,
            int budget) {
        Traits traits = new Traits(functions);
        Outlines outlines = new Outlines(traits, budget);
        Layout layout = new Layout(traits, budget);
        List<OutputPlan> outputs = projections.stream().map(layout::plan).toList();
        OutputPlan time = rowtime == null ? new OutputPlan.EventTime() : layout.plan(checkedNotNull(rowtime));
        List<Loop> loops = layout.loops(condition);
        for (Loop loop : loops) {
            if (loop.condition() != null) {
                outlines.cut(loop.condition());
            }
            loop.outputs().forEach(outlines::cut);
        }
        ProgramWriter writer = new ProgramWriter(functions, input, traits, outlines);
        String source = writer.write(loops);
        ProgramCompiler.Compiled compiled = ProgramCompiler.compile(source, writer.used());
        Program program = compiled.instantiate(
                writer.constants().objects(), writer.constants().arena(), writer.messages());
        return new CompiledExpressions(
                program,
                condition != null,
                loops.size(),
                layout.computedColumns(),
                writer.slots().paths(),
                writer.slotsOfLoops(),
                outputs,
                time,
                compiled.methodSizes());
    }

    private static Expression checkedNotNull(Expression rowtime) {
        if (rowtime.type().physical() != Scalar.TIMESTAMP.physical()) {
            throw new IllegalArgumentException(
                    "event time of type " + rowtime.type().sql());
        }
        return rowtime;
    }
}
