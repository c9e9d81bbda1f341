package io.laminar.connector.file;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a table's files are: a file, a folder with all below it, or a glob ({@code data/2001-*.json}).
 *
 * @param written the path as it is in the table's options, for messages
 * @param root the file, or the folder that is listed
 * @param glob what paths below the root have to match; null: all of them
 * @param regex what paths relative to the root have to match beside; null: all of them
 */
public record Location(
        String written,
        Path root,
        @Nullable String glob,
        @Nullable String regex) implements Serializable {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+)://?.*");
    private static final String GLOB_SIGNS = "*?[{";

    /**
     * Reads a path; relative ones start in the working directory.
     *
     * @throws LaminarException INVALID_OPTION for paths that are not of this machine
     */
    public static Location of(String written, @Nullable String regex) {
        checkRegex(regex);
        File file = localFile(written);
        List<String> parts = Arrays.asList(file.getPath().split("/"));
        int first = 0;
        while (first < parts.size() && parts.get(first).chars().noneMatch(c -> GLOB_SIGNS.indexOf(c) >= 0)) {
            first++;
        }
        if (first == parts.size() || file.exists()) {
            return new Location(written, Path.fromLocalFile(file), null, regex);
        }
        String root = String.join("/", parts.subList(0, first));
        return new Location(written, Path.fromLocalFile(new File(root.isEmpty() ? "/" : root)), file.getPath(), regex);
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
                            + "' cannot be reached yet; only files of this machine can",
                    "copy the data to a local path");
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

    private String relative(String full) {
        String base = root.getPath();
        return full.length() > base.length() ? full.substring(base.length() + 1) : root.getName();
    }

    public java.nio.file.Path local() {
        return java.nio.file.Path.of(root.getPath());
    }

    /** This path without its signs taken as a glob. */
    Location asFile() {
        return new Location(written, Path.fromLocalFile(localFile(written)), null, regex);
    }

    /** Whether there is no file at all below the root. */
    boolean isEmpty() {
        return regularFiles(path -> true) == 0;
    }

    /** Whether one of the files below the root belongs to the table. */
    boolean anyMatch() {
        return regularFiles(path -> matches(Path.fromLocalFile(path.toFile()))) > 0;
    }

    /** 1 if a file passes, else 0. */
    private long regularFiles(Predicate<java.nio.file.Path> filter) {
        try (Stream<java.nio.file.Path> files = Files.walk(local())) {
            return files.filter(Files::isRegularFile).filter(filter).limit(1).count();
        } catch (IOException | UncheckedIOException unreadable) {
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
