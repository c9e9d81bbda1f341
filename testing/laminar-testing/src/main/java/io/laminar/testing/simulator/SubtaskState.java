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
import java.util.Map;
import java.util.TreeMap;

/** What one subtask wrote at a checkpoint: bytes per key group, as they would lie in a file. */
final class SubtaskState implements StateWriter {

    private final TreeMap<Integer, byte[]> keyGroups = new TreeMap<>();

    @Override
    public void keyGroup(int keyGroup, Section section) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            section.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (keyGroups.put(keyGroup, bytes.toByteArray()) != null) {
            throw new IllegalStateException("key group " + keyGroup + " is written twice");
        }
    }

    /** Shows the key groups of a range out of the states of several subtasks. */
    static StateReader reader(List<SubtaskState> states, KeyGroupRange range) {
        return section -> {
            for (SubtaskState state : states) {
                for (Map.Entry<Integer, byte[]> entry : state.keyGroups.entrySet()) {
                    if (range.contains(entry.getKey())) {
                        read(section, entry.getKey(), entry.getValue());
                    }
                }
            }
        };
    }

    private static void read(StateReader.Section section, int keyGroup, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            section.read(keyGroup, in);
            if (in.available() > 0) {
                throw new IllegalStateException(
                        in.available() + " bytes of key group " + keyGroup + " were written but not read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isEmpty() {
        return keyGroups.isEmpty();
    }
}
