package io.laminar.connector.file;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.file.source.FileTable;
import io.laminar.connector.storage.StorageSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.format.FileCompression;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.Framing;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Options and checks that both file connectors share. */
final class FileOptions {
    static final Option PATH = Option.text(
                    "path", "The file or folder; relative paths start in the working directory; s3://bucket/path.")
            .asRequired();

    private static final String AUTO = "auto";
    private static final List<String> COMPRESSIONS = List.of(AUTO, "none", "gzip", "zstd");

    private FileOptions() {}

    /** A connector's options and those of object stores. */
    static List<Option> withStorage(Option... options) {
        return Stream.concat(Arrays.stream(options), StorageSettings.OPTIONS.stream())
                .toList();
    }

    static Option compression(String name) {
        return Option.choice(name, COMPRESSIONS, "How files are compressed; auto goes by their names (.gz, .zst).")
                .withDefault(AUTO);
    }

    /** The compression asked for; null: by the name of each file. */
    static @Nullable Compression compression(TableDescriptor table, Option option) {
        String choice = table.options().text(option);
        return choice.equals(AUTO) ? null : table.options().choice(option, Compression.class);
    }

    /** How part files are compressed, which is an option of formats of records; others compress inside the file. */
    static Compression partCompression(TableDescriptor table) {
        FormatSpec format = format(table);
        Option option = FileCompression.option(format.format());
        return isWholeFile(table) ? Compression.NONE : format.options().choice(option, Compression.class);
    }

    static FormatSpec format(TableDescriptor table) {
        FormatSpec format = table.format();
        if (format == null) {
            throw new LaminarException(
                    ErrorCode.MISSING_OPTION,
                    "table '" + table.name() + "' needs a format",
                    "for example format = 'json'");
        }
        return Framing.into(format, table.options());
    }

    /** Formats that carry kinds of rows take every change, others inserts only. */
    static ChangelogSupport changelogSupport(TableDescriptor table) {
        Format format = Formats.named(format(table).format());
        return format.changelog() ? ChangelogSupport.RETRACT : ChangelogSupport.APPEND;
    }

    static boolean isWholeFile(TableDescriptor table) {
        return Formats.wholeFiles(format(table)) != null;
    }

    /** Refuses the offsets of records in formats whose records have no known place. */
    static void checkMetadata(TableDescriptor table, boolean splittable) {
        if (!splittable && table.metadata().containsValue("offset")) {
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    "table '" + table.name() + "': format '" + format(table).format()
                            + "' does not tell the offset of records");
        }
    }

    /** Whether files, or parts of them, are left out by a condition. */
    static boolean filters(TableDescriptor table, ColumnCondition condition, boolean timed) {
        String key = table.metadata().get(condition.column());
        if (key != null) {
            // How far time went in a file nobody has opened cannot be said.
            return !timed && !key.equals(FileTable.OFFSET);
        }
        FileFormat whole = Formats.wholeFiles(format(table));
        return whole != null && whole.filters(format(table), condition);
    }
}
