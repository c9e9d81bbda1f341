package io.laminar.connector.file;

import io.laminar.connector.file.source.Listing;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.connector.storage.StorageSettings;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Looks at folders and buckets without a job. */
final class FileProbe {

    private FileProbe() {}

    /** The file system or store, and what is at the path if there is one. */
    static SystemReport reach(OptionValues connection) {
        StorageSettings storage = StorageSettings.of(connection);
        String path = connection.findText(FileOptions.PATH).orElse(null);
        Map<String, String> details = new TreeMap<>();
        if (path == null) {
            boolean local = storage.equals(StorageSettings.ENVIRONMENT);
            details.put("looked at", local ? "nothing: files of this machine" : "nothing: no path names a bucket");
            return new SystemReport(local ? "files" : "object store", null, details);
        }
        Location location = Location.of(path, null, storage);
        List<FileStatus> entries = entries(location, location.root());
        details.put("path", Storages.shown(location.root()));
        details.put("entries", String.valueOf(entries.size()));
        return new SystemReport(location.isRemote() ? "object store" : "files", null, details);
    }

    /** Folders (with a slash behind) and files that begin like a path that somebody types. */
    static List<Suggestion> suggest(OptionValues connection, SuggestionQuery query) {
        String typed = query.prefix();
        int slash = typed.lastIndexOf('/');
        String folder = typed.substring(0, slash + 1);
        Location location = Location.of(folder.isEmpty() ? "." : folder, null, StorageSettings.of(connection));
        List<Suggestion> found = new ArrayList<>();
        for (FileStatus entry : entries(location, location.root())) {
            String name = folder + entry.getPath().getName();
            if (query.admits(name) && found.size() < query.limit()) {
                found.add(
                        entry.isDir()
                                ? new Suggestion(name + "/", "folder")
                                : new Suggestion(name, entry.getLen() + " bytes"));
            }
        }
        return found;
    }

    /** What is in a folder, in the order of names; a file is alone. */
    private static List<FileStatus> entries(Location location, Path path) {
        FileStatus status;
        try {
            status = location.root().getFileSystem().getFileStatus(path);
        } catch (FileNotFoundException e) {
            throw location.isRemote() ? RemoteFiles.failed(location, e) : location.notFound();
        } catch (IOException e) {
            throw RemoteFiles.failed(location, e);
        }
        if (!status.isDir()) {
            return List.of(status);
        }
        try {
            FileStatus[] entries = location.root().getFileSystem().listStatus(path);
            return entries == null
                    ? List.of()
                    : Arrays.stream(entries)
                            .sorted(Comparator.comparing(
                                    entry -> entry.getPath().getName()))
                            .toList();
        } catch (IOException e) {
            throw RemoteFiles.failed(location, e);
        }
    }

    /** How many files a table has, and how many bytes. */
    static Map<String, String> facts(Location location) {
        try {
            List<FileStatus> files = new Listing(location, false, null, 0).files();
            long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
            return Map.of("files", String.valueOf(files.size()), "bytes", String.valueOf(bytes));
        } catch (IOException e) {
            throw RemoteFiles.failed(location, e);
        }
    }

    /** Refuses a folder or file of this machine that cannot be written. */
    static void checkWritable(Location location) {
        if (location.isRemote()) {
            return;
        }
        java.nio.file.Path existing = location.local();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing != null && !Files.isWritable(existing)) {
            throw new LaminarException(
                    ErrorCode.ACCESS_DENIED,
                    "'" + location.written() + "' cannot be written: no right to write " + existing);
        }
    }
}
