package io.laminar.execution.spill;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StateWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a slice on disk: what an operator wrote for each of its groups. Every section uses its file, which may
 * hold those of other slices as well.
 *
 * @param depth of the groups
 * @param idleUntil a watermark before this one makes the operator emit nothing
 * @param rows of each of the operator's tables, about; empty if that is not known
 * @param sections in the order of their groups
 */
record SliceState(int depth, long idleUntil, List<Long> rows, List<Section> sections) {

    /**
     * What was written for a group, or for several of which this is the first.
     *
     * @param watermark the last one that the operator had seen; operators that were not equally far cannot become one
     */
    record Section(int group, long watermark, SpillFile file, SpillFile.Extent extent) {

        /** The same for groups that have been made finer. */
        Section finer(int steps) {
            return new Section(group << steps, watermark, file, extent);
        }

        long bytes() {
            return extent.length();
        }

        InputStream open() throws IOException {
            return new BoundedInput(file.read(extent.start()), extent.length());
        }
    }

    /** Takes the state of an operator. */
    static final class Writer implements StateWriter {
        private final SpillFile file;
        private final long watermark;
        private final List<SliceState.Section> sections = new ArrayList<>();

        Writer(SpillFile file, long watermark) {
            this.file = file;
            this.watermark = watermark;
        }

        @Override
        public void keyGroup(int keyGroup, StateWriter.Section section) {
            sections.add(new SliceState.Section(keyGroup, watermark, file, file.append(section::write)));
            file.retain();
        }

        /** Ends writing; what has been written. */
        List<SliceState.Section> finish() {
            file.finish();
            file.release();
            return sections;
        }
    }

    long bytes() {
        return bytes(sections);
    }

    private static long bytes(List<Section> sections) {
        return sections.stream().mapToLong(Section::bytes).sum();
    }

    /** Lets an operator make room for everything at once: growing step by step, large arrays are copied many times. */
    void expect(Operator operator) {
        StateTables tables = operator.tables();
        for (int i = 0; tables != null && i < rows.size(); i++) {
            tables.tables().get(i).expect((int) Math.min(Integer.MAX_VALUE, rows.get(i)));
        }
    }

    /** Shows all sections to an operator. */
    void read(StateReader.Section reader) {
        InputStream in = null;
        SpillFile file = null;
        long at = 0;
        try {
            for (Section section : sections) {
                // Most follow each other in one file.
                if (in == null || section.file() != file || section.extent().start() < at) {
                    close(in);
                    file = section.file();
                    at = section.extent().start();
                    in = file.read(at);
                }
                in.skipNBytes(section.extent().start() - at);
                BoundedInput part = new BoundedInput(in, section.bytes());
                reader.read(section.group(), new DataInputStream(part));
                if (part.left() > 0) {
                    throw new IllegalStateException(part.left() + " bytes of group " + section.group() + " are left");
                }
                at = section.extent().start() + section.bytes();
            }
            close(in);
        } catch (IOException e) {
            throw sections.get(0).file().folder().unreadable(e);
        }
    }

    private static void close(@Nullable InputStream in) throws IOException {
        if (in != null) {
            in.close();
        }
    }

    /** Some of the sections; they go on being used. */
    SliceState part(int from, int to) {
        List<Section> own = List.copyOf(sections.subList(from, to));
        double share = (double) bytes(own) / Math.max(1, bytes());
        return new SliceState(
                depth,
                idleUntil,
                rows.stream().map(count -> (long) (count * share)).toList(),
                own);
    }

    /** Uses the files once more. May be called by any thread, as may the next one. */
    void retain() {
        sections.forEach(section -> section.file().retain());
    }

    /** Ends the use of the files. */
    void release() {
        sections.forEach(section -> section.file().release());
    }
}
