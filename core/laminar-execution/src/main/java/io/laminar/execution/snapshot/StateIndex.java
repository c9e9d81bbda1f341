package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What belongs to one snapshot of a subtask: its files, from the oldest to the newest, and from which snapshot on the
 * sections of each key group count. Sections of earlier snapshots have been replaced.
 *
 * @param form how sections are to be read
 * @param snapshot the snapshot
 * @param range key groups of the subtask
 * @param since by key group from {@code range.first()} on: the oldest snapshot whose sections count
 * @param head what the subtask keeps once, not by key group; small
 * @param files from the oldest to the newest
 */
public record StateIndex(
        Form form, long snapshot, KeyGroupRange range, long[] since, byte[] head, List<StateFile> files) {
    /** Changes with the layout of index, files or sections; state of another version is refused. */
    static final int VERSION = 1;

    private static final int MAGIC = 0x4c4d5354;

    /** What sections hold. */
    public enum Form {
        /** A section is all that an operator wrote for a key group. */
        WHOLE((byte) 0),
        /** Sections hold rows of tables, those of newer snapshots replace those of older ones. */
        TABLES((byte) 1),
        /** The head names slices of an operator, each with an index of its own for some of the files. */
        SLICES((byte) 2);

        private final byte code;

        Form(byte code) {
            this.code = code;
        }

        private static Form of(byte code) throws IOException {
            for (Form form : values()) {
                if (form.code == code) {
                    return form;
                }
            }
            throw new IOException("state of unknown form " + code);
        }
    }

    public StateIndex {
        files = List.copyOf(files);
    }

    /** Whether sections of a key group in files of a snapshot count. */
    boolean counts(int keyGroup, long writtenBy) {
        return range.contains(keyGroup) && writtenBy >= since[keyGroup - range.first()];
    }

    /** Bytes of a file that count. */
    long live(StateFile file) {
        long live = 0;
        for (int i = 0; i < file.sections(); i++) {
            live += counts(file.keyGroup(i), file.snapshot()) ? file.length(i) : 0;
        }
        return live;
    }

    /** Bytes of a file that count and belong to some of the key groups. */
    public long live(StateFile file, KeyGroupRange of) {
        long live = 0;
        for (int i = 0; i < file.sections(); i++) {
            int keyGroup = file.keyGroup(i);
            live += of.contains(keyGroup) && counts(keyGroup, file.snapshot()) ? file.length(i) : 0;
        }
        return live;
    }

    /** Bytes that count and belong to some of the key groups, nearly, as they were before they were compressed. */
    public long plain(KeyGroupRange of) {
        double plain = 0;
        for (StateFile file : files) {
            plain += (double) live(file, of) * file.plainBytes() / Math.max(1, file.bytes());
        }
        return (long) plain;
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return files.isEmpty() && head.length == 0;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeByte(form.code);
        out.writeLong(snapshot);
        out.writeInt(range.first());
        out.writeInt(range.last());
        for (int i = 0; i < since.length; ) {
            int from = i;
            while (i < since.length && since[i] == since[from]) {
                i++;
            }
            out.writeInt(i - from);
            out.writeLong(since[from]);
        }
        out.writeInt(head.length);
        out.write(head);
        out.writeInt(files.size());
        for (StateFile file : files) {
            file.write(out);
        }
    }

    /** @throws LaminarException STATE_MISMATCH if it was written by another version */
    public static StateIndex read(DataInput in) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH, "the saved state was written by another version of Laminar");
        }
        Form form = Form.of(in.readByte());
        long snapshot = in.readLong();
        KeyGroupRange range = new KeyGroupRange(in.readInt(), in.readInt());
        long[] since = new long[range.size()];
        for (int i = 0; i < since.length; ) {
            int to = i + in.readInt();
            Arrays.fill(since, i, to, in.readLong());
            i = to;
        }
        byte[] head = new byte[in.readInt()];
        in.readFully(head);
        List<StateFile> files = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            files.add(StateFile.read(in));
        }
        return new StateIndex(form, snapshot, range, since, head, files);
    }
}
