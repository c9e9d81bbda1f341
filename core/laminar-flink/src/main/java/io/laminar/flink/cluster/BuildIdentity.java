package io.laminar.flink.cluster;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Which Laminar this process is: the same text for the same jars. Processes of a cluster must be the same, and a client
 * that is the same too need not send its jars.
 */
public final class BuildIdentity {
    /** Key of a cluster's configuration. */
    public static final String KEY = "laminar.build";

    private static final String OWN = "laminar-";

    private BuildIdentity() {}

    /** That of the jars on the class path, or null if Laminar's classes are not in jars: while it is being built. */
    public static @Nullable String ofThisProcess() {
        List<Path> jars = ClassPathJars.all();
        CRC32C sum = new CRC32C();
        boolean complete = false;
        for (Path jar :
                jars.stream().sorted(Comparator.comparing(BuildIdentity::name)).toList()) {
            sum.update(name(jar).getBytes(StandardCharsets.UTF_8));
            if (name(jar).startsWith(OWN)) {
                complete |= name(jar).startsWith("laminar-flink-");
                addContent(jar, sum);
            }
        }
        return complete ? "%08x".formatted(sum.getValue()) : null;
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
    }

    private static void addContent(Path jar, CRC32C sum) {
        try (InputStream in = new CheckedInputStream(new BufferedInputStream(Files.newInputStream(jar)), sum)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars this process was started with. */
    static final class ClassPathJars {
        private ClassPathJars() {}

        static List<Path> all() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.endsWith(".jar"))
                    .map(Path::of)
                    .filter(Files::exists)
                    .toList();
        }
    }
}
