package io.laminar.testing.simulator;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.snapshot.Compression;
import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.Reuse;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.execution.snapshot.StateSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The state of one subtask: frozen at a barrier, copied between steps, then written. */
final class TaskState {

    private final StateSource source;
    private final boolean first;
    private final MemoryFiles files = new MemoryFiles();
    private @Nullable FrozenState frozen;
    private byte @Nullable [] shared;

    TaskState(Operator operator, OperatorContext context) {
        source = StateSources.of(operator, context);
        first = context.subtask() == 0;
    }

    void restore(RestoredState state) {
        source.restore(state);
    }

    void freeze(long checkpoint, Reuse reuse) {
        if (frozen != null) {
            frozen.drop();
        }
        shared = source.shared(first);
        frozen = source.freeze(checkpoint, reuse);
    }

    boolean isFrozen() {
        return frozen != null;
    }

    boolean isCopying() {
        return source.isCopying();
    }

    void copy() {
        source.copy();
    }

    void copyAll() {
        source.copyAll();
    }

    /** Writes what has been frozen and copied. */
    SubtaskState write() {
        FrozenState state = frozen;
        if (state == null) {
            throw new IllegalStateException("nothing has been frozen");
        }
        frozen = null;
        try {
            StateIndex index = state.write(files, Compression.NONE);
            return new SubtaskState(index, files.of(index), shared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("state that has been copied is not waited for", e);
        }
    }

    /** Deletes files that neither of the last two complete checkpoints uses. */
    void retain(@Nullable SubtaskState before, SubtaskState last) {
        files.retain(before == null ? last.files() : before.files(), last.files());
    }

    void completed(long checkpoint) {
        source.completed(checkpoint);
    }

    void aborted(long checkpoint) {
        source.aborted(checkpoint);
    }
}
