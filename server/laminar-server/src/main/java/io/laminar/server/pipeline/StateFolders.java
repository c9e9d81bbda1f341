package io.laminar.server.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders that pipelines keep their state in. */
final class StateFolders {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolders.class);

    /** Deletes a folder of this machine; what is in an object store stays, to be deleted by its owner. */
    void delete(String folder) {
        Path path = Path.of(folder);
        if (folder.contains("://") || !Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the state in '{}' could not be deleted: {}", folder, e.getMessage());
        }
    }
}
