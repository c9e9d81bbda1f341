package io.laminar.clustertests;

import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import io.laminar.testing.tutorial.ShellTutorial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Runs a tutorial that starts a server: as it is written, but for the port and where the token is kept. */
final class ServerTutorial {
    private final Path folder;
    private final Path bin;
    private String page;

    /** @param folder empty */
    ServerTutorial(String name, Path folder) throws IOException {
        Path project = KubernetesFiles.project();
        int port = LaminarCluster.freePort();
        this.folder = folder;
        this.bin = Files.createDirectories(folder.resolve("bin"));
        this.page = Files.readString(project.resolve("docs/tutorials").resolve(name))
                .replace("5115", String.valueOf(port));
        command("laminar", """
                export LAMINAR_SERVER__PORT=%d XDG_CONFIG_HOME=%s
                unset LAMINAR_SERVER LAMINAR_TOKEN
                exec %s "$@"
                """.formatted(
                        port,
                        folder.resolve("config"),
                        String.join(" ", Distribution.built().laminar(400))));
        // The pages find the examples and other files of the clone beside the script.
        for (String part : new String[] {"examples", "deploy"}) {
            Files.createSymbolicLink(bin.resolve(part), project.resolve(part));
        }
    }

    /** A command of the page. */
    ServerTutorial command(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/usr/bin/env bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    /** Something that differs between the page and this machine. */
    ServerTutorial with(String written, String meant) {
        if (!page.contains(written)) {
            throw new IllegalStateException("the page does not say '" + written + "'");
        }
        page = page.replace(written, meant);
        return this;
    }

    /** @return what was printed */
    String run() throws IOException, InterruptedException {
        return ShellTutorial.run(page, Files.createDirectories(folder.resolve("work")), bin);
    }
}
