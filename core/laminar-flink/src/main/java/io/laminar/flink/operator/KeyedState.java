package io.laminar.flink.operator;

import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.flink.state.SectionBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The state of one keyed operator in one subtask. What all subtasks share is one entry of a list that every subtask gets
 * whole. State that is not copied at once when it is frozen is copied in pieces, as mails of the task: one between two
 * batches, and one after the other when there are none.
 */
final class KeyedState implements SectionBackend.Listener {
    private static final ListStateDescriptor<byte[]> SHARED =
            new ListStateDescriptor<>("shared", BytePrimitiveArraySerializer.INSTANCE);

    private final StateSource source;
    private final SectionBackend<?> backend;
    private final ListState<byte[]> shared;
    private final MailboxExecutor mailbox;
    private final JobID job;
    private boolean posted;
    /** Whether the task ends, so that nobody may wait for its mails. */
    private boolean ending;

    KeyedState(
            StateSource source, SectionBackend<?> backend, OperatorStateStore store, MailboxExecutor mailbox, JobID job)
            throws Exception {
        this.source = source;
        this.backend = backend;
        this.shared = store.getUnionListState(SHARED);
        this.mailbox = mailbox;
        this.job = job;
        backend.attach(source, this);
    }

    void restore() throws Exception {
        List<byte[]> all = new ArrayList<>();
        shared.get().forEach(all::add);
        source.restore(backend.restored(all));
    }

    /** @param first whether this subtask is the one whose shared state is kept */
    void beforeSnapshot(boolean first) throws Exception {
        byte[] bytes = source.shared(first);
        shared.clear();
        if (bytes != null) {
            shared.add(bytes);
        }
    }

    @Override
    public void copying(FrozenState state) {
        if (ending) {
            copyAtOnce();
        } else {
            state.whenRoom(this::postFromAnywhere);
            post();
        }
    }

    private void post() {
        if (!posted) {
            try {
                mailbox.execute(this::copy, "copy state");
                posted = true;
            } catch (RejectedExecutionException e) {
                copyAtOnce();
            }
        }
    }

    /** Goes on copying once what has been copied is on its way; a task that is closing has copied all before. */
    private void postFromAnywhere() {
        try {
            mailbox.execute(this::copy, "copy state");
        } catch (RejectedExecutionException e) {
            return;
        }
    }

    private void copy() {
        posted = false;
        if (source.copy() == StateSource.Progress.MORE) {
            post();
        }
    }

    /** Copies what is left, now and in all snapshots to come. */
    void copyAtOnce() {
        ending = true;
        while (source.isCopying()) {
            source.copyAll();
        }
    }

    @Override
    public void failed(IOException reason) {
        CheckpointProblems.note(job, reason);
    }
}
