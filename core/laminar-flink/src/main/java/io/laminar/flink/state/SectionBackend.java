package io.laminar.flink.state;

import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.Reuse;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RunnableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.DoneFuture;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupedInternalPriorityQueue;
import org.apache.flink.runtime.state.Keyed;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.PriorityComparable;
import org.apache.flink.runtime.state.SavepointResources;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateSnapshotTransformer;
import org.apache.flink.runtime.state.heap.HeapPriorityQueueElement;
import org.jspecify.annotations.Nullable;

/**
 * The state of one subtask of an operator. It has no values by key of its own: an operator holds its state, and tells its
 * {@link StateSource}, attached here, what has to be stored.
 */
public final class SectionBackend<K> implements CheckpointableKeyedStateBackend<K>, CheckpointListener {
    private final UUID id = UUID.randomUUID();
    private final TypeSerializer<K> keySerializer;
    private final KeyGroupRange range;
    private final Collection<KeyedStateHandle> restored;
    private final CloseableRegistry closeables = new CloseableRegistry();
    private final StoredFiles stored = new StoredFiles();
    private @Nullable StateSource source;
    private @Nullable Listener listener;

    /** Learns how snapshots go. */
    public interface Listener {
        /** Called by the operator's thread when state is being copied that is not copied at once. */
        void copying(FrozenState state);

        /** Called by any thread when state cannot be stored. */
        void failed(IOException reason);
    }

    SectionBackend(StateBackend.KeyedStateBackendParameters<K> parameters) {
        keySerializer = parameters.getKeySerializer();
        range = parameters.getKeyGroupRange();
        restored = List.copyOf(parameters.getStateHandles());
    }

    /** Says whose state is stored here. */
    public void attach(StateSource of, Listener to) {
        source = of;
        listener = to;
    }

    /**
     * The state to go on with; its files can be read until {@link #close}.
     *
     * @param shared what all subtasks share
     */
    public RestoredState restored(List<byte[]> shared) throws IOException {
        return new RestoredState(
                new io.laminar.execution.key.KeyGroupRange(range.getStartKeyGroup(), range.getEndKeyGroup()),
                RestoredFiles.parts(restored, closeables),
                shared,
                Lz4.INSTANCE);
    }

    @Override
    public RunnableFuture<SnapshotResult<KeyedStateHandle>> snapshot(
            long checkpoint, long timestamp, CheckpointStreamFactory streams, CheckpointOptions options)
            throws Exception {
        StateSource of = source;
        Listener to = listener;
        if (of == null || to == null) {
            // An operator without state, whose input happens to be keyed.
            return DoneFuture.of(SnapshotResult.empty());
        }
        Reuse reuse = reuse(options.getCheckpointType());
        FrozenState state = of.freeze(checkpoint, reuse);
        if (of.isCopying()) {
            to.copying(state);
        }
        WrittenFiles files = new WrittenFiles(streams, stored, reuse != Reuse.NONE);
        return new SnapshotTask(id, checkpoint, range, state, files, to).toAsyncSnapshotFutureTask(closeables);
    }

    private static Reuse reuse(SnapshotType type) {
        return switch (type.getSharingFilesStrategy()) {
            case FORWARD_BACKWARD -> Reuse.BACKWARD_AND_FORWARD;
            case FORWARD -> Reuse.FORWARD;
            case NO_SHARING -> Reuse.NONE;
        };
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        if (source != null) {
            stored.completed(checkpoint);
            source.completed(checkpoint);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) {
        if (source != null) {
            source.aborted(checkpoint);
        }
    }

    @Override
    public KeyGroupRange getKeyGroupRange() {
        return range;
    }

    @Override
    public TypeSerializer<K> getKeySerializer() {
        return keySerializer;
    }

    @Override
    public String getBackendTypeIdentifier() {
        return "laminar";
    }

    @Override
    public void close() throws IOException {
        closeables.close();
    }

    @Override
    public void dispose() {}

    // State of Flink's own kinds --------------------------------------------------------------------------------------

    private static LaminarException refused() {
        return new LaminarException(
                ErrorCode.INTERNAL,
                "operators of Laminar hold their state themselves; Flink has no values by key for them");
    }

    @Override
    public SavepointResources<K> savepoint() {
        throw new LaminarException(
                ErrorCode.CHECKPOINT_FAILED,
                "a savepoint can only be written in Flink's native format",
                "ask for --type native");
    }

    /** Operators know the keys of their rows, Flink need not. */
    @Override
    public void setCurrentKey(K newKey) {}

    @Override
    public K getCurrentKey() {
        throw refused();
    }

    @Override
    public void setCurrentKeyAndKeyGroup(K newKey, int newKeyGroup) {}

    @Override
    public <N, S extends State, T> void applyToAllKeys(
            N namespace,
            TypeSerializer<N> namespaceSerializer,
            StateDescriptor<S, T> stateDescriptor,
            KeyedStateFunction<K, S> function) {
        throw refused();
    }

    @Override
    public <N> Stream<K> getKeys(String state, N namespace) {
        throw refused();
    }

    @Override
    public <N> Stream<K> getKeys(List<String> states, N namespace) {
        throw refused();
    }

    @Override
    public <N> Stream<Tuple2<K, N>> getKeysAndNamespaces(String state) {
        throw refused();
    }

    @Override
    public <N, S extends State, T> S getOrCreateKeyedState(
            TypeSerializer<N> namespaceSerializer, StateDescriptor<S, T> stateDescriptor) {
        throw refused();
    }

    @Override
    public <N, S extends State> S getPartitionedState(
            N namespace, TypeSerializer<N> namespaceSerializer, StateDescriptor<S, ?> stateDescriptor) {
        throw refused();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <N, SV, SEV, S extends State, IS extends S> IS createOrUpdateInternalState(
            TypeSerializer<N> namespaceSerializer,
            StateDescriptor<S, SV> stateDescriptor,
            StateSnapshotTransformer.StateSnapshotTransformFactory<SEV> snapshotTransformFactory) {
        throw refused();
    }

    @Override
    public <T extends HeapPriorityQueueElement & PriorityComparable<? super T> & Keyed<?>>
            KeyGroupedInternalPriorityQueue<T> create(String name, TypeSerializer<T> serializer) {
        throw refused();
    }

    @Override
    public void registerKeySelectionListener(KeySelectionListener<K> keyListener) {}

    @Override
    public boolean deregisterKeySelectionListener(KeySelectionListener<K> keyListener) {
        return false;
    }
}
