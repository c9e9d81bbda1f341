package io.laminar.testing.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that Laminar has been built to, as {@code ./laminar} starts them.
 *
 * @param environment variables its processes have besides those of this process
 * @param additions folders of classes and jars that its processes have besides its own
 */
public record Distribution(Path folder, Map<String, String> environment, List<Path> additions) {
    private static final int LARGE_HEAP = 1024;

    /** That of the system property {@code laminar.dist}. */
    public static Distribution built() {
        String folder = System.getProperty("laminar.dist");
        if (folder == null || !Files.isDirectory(Path.of(folder, "lib"))) {
            throw new IllegalStateException("no distribution in laminar.dist = " + folder
                    + "; mvn -Pquick -DskipTests -pl client/laminar-cli -am package builds one");
        }
        return new Distribution(Path.of(folder).toAbsolutePath(), Map.of(), List.of());
    }

    /** The same with other variables. */
    public Distribution withEnvironment(Map<String, String> variables) {
        return new Distribution(folder, Map.copyOf(variables), additions);
    }

    /** The same with further connectors and functions. */
    public Distribution with(Path... classes) {
        return new Distribution(folder, environment, List.of(classes));
    }

    /** All jars, or those whose names begin with one of some texts. */
    public String classPath(String... prefixes) {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .filter(jar -> prefixes.length == 0
                            || Stream.of(prefixes).anyMatch(jar.getFileName().toString()::startsWith))
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A JVM: one with little heap starts quickly, one with much is measured.
     *
     * @param heap in MB
     */
    public static List<String> java(int heap) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        if (heap > LARGE_HEAP) {
            return List.of(java, "-Xmx" + heap + "m", "-XX:+UseParallelGC", "-Xlog:disable", "-Xlog:all=off");
        }
        return List.of(
                java,
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=off");
    }

    /** The {@code laminar} command in a JVM of its own. */
    public List<String> laminar(int heap, String... arguments) {
        List<String> command = new ArrayList<>();
        // Jobs in the background of a shell ignore Ctrl-C, and so would what they start.
        command.addAll(List.of("env", "--default-signal=INT"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(java(heap));
        Path archive = folder.resolve("laminar.jsa");
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        StringBuilder classPath = new StringBuilder(classPath());
        additions.forEach(path -> classPath.append(File.pathSeparator).append(path));
        command.addAll(List.of("-cp", classPath.toString(), "io.laminar.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
