package io.laminar.execution.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a file of state holds: sections one behind the other, each of one key group. Only the snapshot that wrote it adds
 * to it.
 */
public final class StateFile {
    private final String name;
    private final long snapshot;
    private int[] keyGroups = new int[16];
    private int[] lengths = new int[16];
    private int count;
    private long bytes;
    private long plainBytes;

    /**
     * @param name by which a runtime finds it again
     * @param snapshot the one that writes it
     */
    StateFile(String name, long snapshot) {
        this.name = name;
        this.snapshot = snapshot;
    }

    public String name() {
        return name;
    }

    /** The snapshot that wrote it. */
    public long snapshot() {
        return snapshot;
    }

    /** Bytes of all sections. */
    public long bytes() {
        return bytes;
    }

    /** Bytes of all sections before they were compressed. */
    long plainBytes() {
        return plainBytes;
    }

    int sections() {
        return count;
    }

    int keyGroup(int section) {
        return keyGroups[section];
    }

    int length(int section) {
        return lengths[section];
    }

    /** @param plain bytes of the section before it was compressed */
    void add(int keyGroup, int length, int plain) {
        if (count == keyGroups.length) {
            keyGroups = Arrays.copyOf(keyGroups, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        keyGroups[count] = keyGroup;
        lengths[count++] = length;
        bytes += length;
        plainBytes += plain;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeLong(snapshot);
        out.writeLong(plainBytes);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            VariableInts.write(keyGroups[i], out);
            VariableInts.write(lengths[i], out);
        }
    }

    static StateFile read(DataInput in) throws IOException {
        StateFile file = new StateFile(in.readUTF(), in.readLong());
        long plain = in.readLong();
        int sections = in.readInt();
        for (int i = 0; i < sections; i++) {
            file.add(VariableInts.read(in), VariableInts.read(in), 0);
        }
        file.plainBytes = plain;
        return file;
    }
}
