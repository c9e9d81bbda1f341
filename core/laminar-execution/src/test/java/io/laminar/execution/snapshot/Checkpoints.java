package io.laminar.execution.snapshot;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.state.StateTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Snapshots of an operator's subtasks under test: taken between its batches, copied bit by bit, completed, given up or
 * never heard of again. What it is restored from is a chain of them or, sometimes, the operator's whole state.
 */
public final class Checkpoints {
    private final Random random;
    private List<Subtask> subtasks = List.of();
    private List<RestoredState.Part> parts = List.of();
    private List<byte[]> shared = List.of();
    private long snapshot;

    private static final class Subtask {
        private final Operator operator;
        private final OperatorContext context;
        private final StateSource source;
        private final MemoryFiles files = new MemoryFiles();
        private FrozenState frozen;

        Subtask(Operator operator, OperatorContext context, boolean whole) {
            this.operator = operator;
            this.context = context;
            this.source = source(whole);
        }

        private StateSource source(boolean whole) {
            if (operator instanceof Snapshotting own) {
                return own.states();
            }
            StateTables tables = operator.tables();
            return whole || tables == null
                    ? new WholeState(operator, context.keyGroups())
                    : new TableState(tables, "", 0, null);
        }
    }

    public Checkpoints(long seed) {
        random = new Random(seed);
    }

    /** Operators that have been opened. */
    public void started(List<Operator> operators, List<? extends OperatorContext> contexts) {
        List<Subtask> started = new ArrayList<>();
        boolean whole = random.nextInt(4) == 0;
        for (int i = 0; i < operators.size(); i++) {
            started.add(new Subtask(operators.get(i), contexts.get(i), whole));
        }
        subtasks = started;
    }

    /** Goes on with snapshots, perhaps; called before anything happens to the operators. */
    public void step() {
        switch (random.nextInt(6)) {
            case 0 -> freeze(Reuse.values()[random.nextInt(6) == 0 ? random.nextInt(3) : 0]);
            case 1, 2 -> subtasks.forEach(subtask -> subtask.source.copy());
            case 3 -> finish(random.nextInt(4));
            default -> {}
        }
    }

    private void freeze(Reuse reuse) {
        snapshot++;
        for (Subtask subtask : subtasks) {
            subtask.source.shared(subtask.context.subtask() == 0);
            subtask.frozen = subtask.source.freeze(snapshot, reuse);
        }
    }

    private void finish(int fate) {
        for (Subtask subtask : subtasks) {
            if (subtask.frozen == null) {
                continue;
            }
            subtask.source.copyAll();
            write(subtask);
            if (fate <= 1) {
                subtask.source.completed(snapshot);
            } else if (fate == 2) {
                subtask.source.aborted(snapshot);
            }
        }
    }

    private static StateIndex write(Subtask subtask) {
        try {
            StateIndex index = subtask.frozen.write(subtask.files, Compression.NONE);
            subtask.frozen = null;
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the last snapshot of all subtasks. */
    public void stop() {
        snapshot++;
        List<RestoredState.Part> taken = new ArrayList<>();
        List<byte[]> sharedBytes = new ArrayList<>();
        for (Subtask subtask : subtasks) {
            byte[] bytes = subtask.source.shared(subtask.context.subtask() == 0);
            if (bytes != null) {
                sharedBytes.add(bytes);
            }
            subtask.frozen = subtask.source.freeze(snapshot, Reuse.BACKWARD_AND_FORWARD);
            subtask.source.copyAll();
            taken.add(new RestoredState.Part(write(subtask), subtask.files));
        }
        parts = taken;
        shared = sharedBytes;
    }

    /** Gives the operators started since the state that was taken. */
    public void restore() {
        // All have to read it in the form in which it was written.
        boolean whole = parts.stream().anyMatch(part -> part.index().form() == StateIndex.Form.WHOLE);
        for (Subtask subtask : subtasks) {
            subtask.source(whole)
                    .restore(new RestoredState(subtask.context.keyGroups(), parts, shared, Compression.NONE));
        }
    }
}
