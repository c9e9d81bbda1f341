package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads those sections of a file that count, in the order in which they lie there. */
public final class SectionReader {
    /** Neighbours are read together up to so many bytes. */
    private static final int RUN = 4 << 20;

    /** Takes sections. */
    public interface Target {
        void section(int keyGroup, byte[] content) throws IOException;
    }

    private final StateIndex index;
    private final KeyGroupRange wanted;
    private final Compression compression;

    public SectionReader(StateIndex index, KeyGroupRange wanted, Compression compression) {
        this.index = index;
        this.wanted = wanted;
        this.compression = compression;
    }

    private boolean isWanted(StateFile file, int section) {
        int keyGroup = file.keyGroup(section);
        return wanted.contains(keyGroup) && index.counts(keyGroup, file.snapshot());
    }

    public void read(StateFile file, StateFiles files, Target target) throws IOException {
        long position = 0;
        StateFiles.Input input = null;
        try {
            for (int section = 0; section < file.sections(); ) {
                if (!isWanted(file, section)) {
                    position += file.length(section++);
                    continue;
                }
                int from = section;
                int length = file.length(section++);
                while (section < file.sections()
                        && isWanted(file, section)
                        && (long) length + file.length(section) <= RUN) {
                    length += file.length(section++);
                }
                input = input == null ? files.open(file.name()) : input;
                byte[] run = new byte[length];
                input.read(position, run, length);
                position += length;
                int start = 0;
                for (int i = from; i < section; i++) {
                    target.section(file.keyGroup(i), content(run, start, file.length(i)));
                    start += file.length(i);
                }
            }
        } finally {
            if (input != null) {
                input.close();
            }
        }
    }

    private byte[] content(byte[] run, int start, int length) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(run, start, StateFileWriter.HEADER);
        byte form = header.get();
        byte[] content = new byte[header.getInt()];
        int from = start + StateFileWriter.HEADER;
        int size = length - StateFileWriter.HEADER;
        if (form == StateFileWriter.COMPRESSED) {
            compression.decompress(run, from, size, content);
        } else if (form == StateFileWriter.PLAIN && size == content.length) {
            System.arraycopy(run, from, content, 0, size);
        } else {
            throw new IOException("a section of state is damaged");
        }
        return content;
    }
}
