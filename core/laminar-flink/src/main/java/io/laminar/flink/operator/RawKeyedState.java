package io.laminar.flink.operator;

import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.jspecify.annotations.Nullable;

/**
 * An operator's state as Flink's raw keyed state: one stream per key group. What all subtasks share is one entry of a
 * list that every subtask gets whole.
 */
final class RawKeyedState {

    private static final ListStateDescriptor<byte[]> SHARED =
            new ListStateDescriptor<>("shared", BytePrimitiveArraySerializer.INSTANCE);

    private RawKeyedState() {}

    /** Writes sections into a checkpoint; one without sections leaves nothing behind. */
    static final class Writer implements StateWriter {
        private final StateSnapshotContext checkpoint;
        private @Nullable KeyedStateCheckpointOutputStream stream;

        private final ListState<byte[]> shared;
        private final boolean first;

        /**
         * @param shared from {@link #shared(OperatorStateStore)}
         * @param first whether this subtask is the one whose shared state is kept
         */
        Writer(StateSnapshotContext checkpoint, ListState<byte[]> shared, boolean first) throws Exception {
            this.checkpoint = checkpoint;
            this.shared = shared;
            this.first = first;
            shared.clear();
        }

        @Override
        public void shared(StateWriter.Section section) {
            if (!first) {
                return;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                section.write(out);
                out.flush();
                shared.add(bytes.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("no place for the state that all subtasks share", e);
            }
        }

        @Override
        public void keyGroup(int keyGroup, StateWriter.Section section) {
            try {
                KeyedStateCheckpointOutputStream target = stream;
                if (target == null) {
                    target = checkpoint.getRawKeyedOperatorStateOutput();
                    stream = target;
                }
                target.startNewKeyGroup(keyGroup);
                section.write(new DataOutputViewStreamWrapper(target));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("no stream for the state of key group " + keyGroup, e);
            }
        }

        /** Writes what is left, so that a failure to do so comes here; a small state stays in memory. */
        void flush() {
            try {
                if (stream != null) {
                    stream.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where state that all subtasks share is kept. */
    static ListState<byte[]> shared(OperatorStateStore store) throws Exception {
        return store.getUnionListState(SHARED);
    }

    /** Reads sections back, from any number of former subtasks. */
    record Reader(Iterable<KeyGroupStatePartitionStreamProvider> partitions, ListState<byte[]> shared)
            implements StateReader {
        @Override
        public void shared(StateReader.SharedSection section) {
            try {
                for (byte[] bytes : shared.get()) {
                    section.read(new DataInputStream(new ByteArrayInputStream(bytes)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("the state that all subtasks share cannot be read", e);
            }
        }

        @Override
        public void forEachKeyGroup(StateReader.Section section) {
            for (KeyGroupStatePartitionStreamProvider partition : partitions) {
                try {
                    DataInput in = new DataInputViewStreamWrapper(partition.getStream());
                    section.read(partition.getKeyGroupId(), in);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
