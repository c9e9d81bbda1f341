package io.laminar.connector.file.source;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.table.TableDescriptor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;

/** Conditions about what is known of a file without opening it. */
public record FileConditions(List<OfFile> conditions) implements Serializable {
    static final FileConditions NONE = new FileConditions(List.of());

    private static final long MICROS_PER_MILLI = 1_000;

    /** @param key of the metadata that the condition is about */
    public record OfFile(String key, ColumnCondition condition) implements Serializable {}

    /** The conditions under which rows of a table are wanted. */
    static FileConditions of(TableDescriptor table) {
        List<OfFile> known = new ArrayList<>();
        for (ColumnCondition condition : table.filter().conditions()) {
            String key = table.metadata().get(condition.column());
            if (key != null) {
                known.add(new OfFile(key, condition));
            }
        }
        return new FileConditions(List.copyOf(known));
    }

    /** Whether rows of a file may be wanted. */
    boolean admit(FileStatus file) {
        return conditions.stream().allMatch(known -> admits(known, file));
    }

    private static boolean admits(OfFile known, FileStatus file) {
        return switch (known.key()) {
            case FileTable.PATH -> known.condition().holds(file.getPath().getPath());
            case FileTable.FILENAME -> known.condition().holds(file.getPath().getName());
            case FileTable.MODIFIED -> known.condition().holds(file.getModificationTime() * MICROS_PER_MILLI);
            default -> true;
        };
    }
}
