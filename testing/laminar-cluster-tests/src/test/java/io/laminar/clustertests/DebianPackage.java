package io.laminar.clustertests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of a package of Debian: those that are installed, or else unpacked into a folder, which changes nothing of the
 * machine.
 */
record DebianPackage(String name, Path folder) {
    private static final long LIMIT_SECONDS = 120;

    /** @param folder where it is unpacked */
    static DebianPackage named(String name, Path folder) {
        return new DebianPackage(name, folder);
    }

    /** The folder with programs; skips the test that asks if there is none. */
    Path programs(String... names) throws IOException, InterruptedException {
        for (String part : System.getenv("PATH").split(":")) {
            if (hasAll(Path.of(part), names)) {
                return Path.of(part);
            }
        }
        Files.createDirectories(folder);
        boolean unpacked = run(List.of("apt-get", "download", name)) && unpack();
        Path found = folder.resolve("usr/bin");
        Assumptions.assumeTrue(
                unpacked && hasAll(found, names),
                name + " is not installed, and apt-get cannot download it: apt-get install " + name);
        return found;
    }

    /** Skips the test that asks if there are no such programs. */
    void assumeInstalled(String... names) {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(part -> hasAll(Path.of(part), names)),
                name + " is not installed: apt-get install " + name);
    }

    private static boolean hasAll(Path bin, String... names) {
        return Stream.of(names).allMatch(name -> Files.isExecutable(bin.resolve(name)));
    }

    private boolean unpack() throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(folder)) {
            Path archive = files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow();
            return run(List.of("dpkg", "-x", archive.toString(), folder.toString()));
        }
    }

    private boolean run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // No such program: this is no Debian.
            return false;
        }
    }
}
