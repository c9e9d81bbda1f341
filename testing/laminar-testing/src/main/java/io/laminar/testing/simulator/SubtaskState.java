package io.laminar.testing.simulator;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one subtask wrote at a checkpoint: bytes per key group, as they would lie in a file. */
final class SubtaskState implements StateWriter {

    private final TreeMap<Integer, byte[]> keyGroups = new TreeMap<>();
    private byte @Nullable [] shared;

    @Override
    public void keyGroup(int keyGroup, StateWriter.Section section) {
        if (keyGroups.put(keyGroup, written(section)) != null) {
            throw new IllegalStateException("key group " + keyGroup + " is written twice");
        }
    }

    @Override
    public void shared(StateWriter.Section section) {
        if (shared != null) {
            throw new IllegalStateException("shared state is written twice");
        }
        shared = written(section);
    }

    private static byte[] written(StateWriter.Section section) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            section.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Shows the key groups of a range out of the states of several subtasks.
     *
     * @param first the state of the subtask whose shared part is kept
     */
    static StateReader reader(List<SubtaskState> states, SubtaskState first, KeyGroupRange range) {
        return new StateReader() {
            @Override
            public void forEachKeyGroup(StateReader.Section section) {
                for (SubtaskState state : states) {
                    state.keyGroups.forEach((keyGroup, bytes) -> {
                        if (range.contains(keyGroup)) {
                            read(bytes, "key group " + keyGroup, in -> section.read(keyGroup, in));
                        }
                    });
                }
            }

            @Override
            public void shared(StateReader.SharedSection section) {
                if (first.shared != null) {
                    read(first.shared, "shared state", section);
                }
            }
        };
    }

    private static void read(byte[] bytes, String what, StateReader.SharedSection section) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            section.read(in);
            if (in.available() > 0) {
                throw new IllegalStateException(in.available() + " bytes of " + what + " were written but not read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isEmpty() {
        return keyGroups.isEmpty() && shared == null;
    }
}
