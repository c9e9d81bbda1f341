package io.laminar.connector.file;

import io.laminar.connector.file.source.Listing;
import io.laminar.connector.storage.StorageSettings;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a table's files are: a file, a folder with all below it, or a glob ({@code data/2001-*.json}).
 *
 * @param written the path as it is in the table's options, for messages
 * @param root the file, or the folder that is listed
 * @param glob what paths below the root have to match; null: all of them
 * @param regex what paths relative to the root have to match beside; null: all of them
 * @param storage how a store outside this machine is reached
 */
public record Location(
        String written,
        Path root,
        @Nullable String glob,
        @Nullable String regex,
        StorageSettings storage) implements Serializable {
    private static final Set<String> REMOTE = Set.of("s3", "s3a");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+)://?.*");
    private static final String GLOB_SIGNS = "*?[{";

    /** Every process that a location comes to learns how its store is reached. */
    public Location {
        Storages.remember(root, storage);
    }

    /** A path of this machine; relative ones start in the working directory. */
    public static Location of(String written, @Nullable String regex) {
        return of(written, regex, StorageSettings.ENVIRONMENT);
    }

    /**
     * Reads a path; relative ones start in the working directory.
     *
     * @throws LaminarException INVALID_OPTION for paths that cannot be reached
     */
    public static Location of(String written, @Nullable String regex, StorageSettings storage) {
        checkRegex(regex);
        storage.fault().ifPresent(fault -> {
            throw new LaminarException(ErrorCode.INVALID_OPTION, fault);
        });
        java.util.regex.Matcher scheme = SCHEME.matcher(written);
        if (scheme.matches() && REMOTE.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            return remote(written, regex, storage);
        }
        if (!storage.equals(StorageSettings.ENVIRONMENT)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "storage.* options are for paths of object stores, and '" + written + "' is none",
                    "for example path = 's3://bucket/folder'");
        }
        File file = localFile(written);
        List<String> parts = Arrays.asList(file.getPath().split("/"));
        int first = 0;
        while (first < parts.size() && parts.get(first).chars().noneMatch(c -> GLOB_SIGNS.indexOf(c) >= 0)) {
            first++;
        }
        if (first == parts.size() || file.exists()) {
            return new Location(written, Path.fromLocalFile(file), null, regex, storage);
        }
        String root = String.join("/", parts.subList(0, first));
        Path folder = Path.fromLocalFile(new File(root.isEmpty() ? "/" : root));
        return new Location(written, folder, file.getPath(), regex, storage);
    }

    private static Location remote(String written, @Nullable String regex, StorageSettings storage) {
        int bucket = written.indexOf("://") + 3;
        int slash = written.indexOf('/', bucket);
        if (bucket < 3 || slash == bucket || written.length() == bucket || written.indexOf('@') >= 0) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "path '" + written + "' names no bucket", "s3://bucket/folder");
        }
        String below = slash < 0 ? "/" : written.substring(slash);
        String root = below;
        while (root.chars().anyMatch(c -> GLOB_SIGNS.indexOf(c) >= 0)) {
            root = root.substring(0, root.lastIndexOf('/'));
        }
        String start = slash < 0 ? written : written.substring(0, slash);
        Path path = Storages.path(start + (root.isEmpty() ? "/" : root), storage);
        return new Location(written, path, root.equals(below) ? null : below, regex, storage);
    }

    /** Whether the files are not of this machine. */
    public boolean isRemote() {
        return root.toUri().getRawAuthority() != null;
    }

    private static void checkRegex(@Nullable String regex) {
        if (regex != null) {
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException invalid) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "source.regex_pattern: " + invalid.getDescription() + " in '" + regex + "'");
            }
        }
    }

    private static File localFile(String written) {
        if (written.isBlank()) {
            throw new LaminarException(ErrorCode.INVALID_OPTION, "the path is empty");
        }
        java.util.regex.Matcher scheme = SCHEME.matcher(written);
        if (!scheme.matches()) {
            return new File(written).getAbsoluteFile();
        }
        if (!scheme.group(1).equalsIgnoreCase("file")) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "path '" + written + "': storage '" + scheme.group(1)
                            + "' cannot be reached; files of this machine and s3:// can",
                    "many stores also speak S3: name theirs by storage.endpoint");
        }
        return new File(URI.create(written).getPath()).getAbsoluteFile();
    }

    /** Whether a file below the root belongs to the table. */
    public boolean matches(Path path) {
        return new Filter(this).matches(path);
    }

    /** The patterns in the form that matches. */
    private record Filter(Location location) {
        boolean matches(Path path) {
            String full = path.getPath();
            if (location.glob() != null) {
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + location.glob());
                if (!matcher.matches(java.nio.file.Path.of(full))) {
                    return false;
                }
            }
            String regex = location.regex();
            return regex == null
                    || Pattern.compile(regex).matcher(location.relative(full)).matches();
        }
    }

    /** The root may end with a slash: that of a folder which exists does, as URIs of Java's files have it. */
    private String relative(String full) {
        String base = root.getPath();
        if (full.length() <= base.length()) {
            return root.getName();
        }
        int from = base.endsWith("/") ? base.length() : base.length() + 1;
        return full.substring(from);
    }

    public java.nio.file.Path local() {
        return java.nio.file.Path.of(root.getPath());
    }

    /** This path without its signs taken as a glob. */
    Location asFile() {
        return isRemote()
                ? new Location(written, Storages.path(written, storage), null, regex, storage)
                : new Location(written, Path.fromLocalFile(localFile(written)), null, regex, storage);
    }

    /** Whether there is no file at all below the root. */
    boolean isEmpty() {
        return new Location(written, root, null, null, storage).files().isEmpty();
    }

    /** Whether one of the files below the root belongs to the table. */
    boolean anyMatch() {
        return !files().isEmpty();
    }

    /** Those that a job would read. */
    private List<FileStatus> files() {
        try {
            return new Listing(this, false, null, 0).files();
        } catch (IOException unreadable) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    "'" + written + "' cannot be listed: " + unreadable.getMessage(),
                    null,
                    null,
                    unreadable);
        }
    }

    /** The error of a file or folder that is not there, with the name that was likely meant. */
    public LaminarException notFound() {
        java.nio.file.Path missing = local();
        java.nio.file.Path parent = missing.getParent();
        while (parent != null && !Files.isDirectory(parent)) {
            missing = parent;
            parent = parent.getParent();
        }
        return new LaminarException(
                ErrorCode.FILE_NOT_FOUND,
                "'" + written + "' does not exist" + (missing.equals(local()) ? "" : ": there is no " + missing),
                parent == null ? null : hint(missing, parent));
    }

    private static @Nullable String hint(java.nio.file.Path missing, java.nio.file.Path parent) {
        try (Stream<java.nio.file.Path> entries = Files.list(parent)) {
            List<String> names =
                    entries.map(p -> String.valueOf(p.getFileName())).toList();
            String near = NearestName.hint(String.valueOf(missing.getFileName()), names);
            return near != null ? near + " (in " + parent + ")" : "looked in " + parent;
        } catch (IOException unreadable) {
            return "looked in " + parent;
        }
    }
}
