package io.laminar.flink.operator;

import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.jspecify.annotations.Nullable;

/** An operator's state as Flink's raw keyed state: one stream per key group. */
final class RawKeyedState {

    private RawKeyedState() {}

    /** Writes sections into a checkpoint; one without sections leaves nothing behind. */
    static final class Writer implements StateWriter {
        private final StateSnapshotContext checkpoint;
        private @Nullable KeyedStateCheckpointOutputStream stream;

        Writer(StateSnapshotContext checkpoint) {
            this.checkpoint = checkpoint;
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
    }

    /** Reads sections back, from any number of former subtasks. */
    record Reader(Iterable<KeyGroupStatePartitionStreamProvider> partitions) implements StateReader {
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
