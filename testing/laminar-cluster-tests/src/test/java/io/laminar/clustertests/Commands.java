package io.laminar.clustertests;

import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder with the commands that tutorials use, on ports of their own and with little memory. */
record Commands(Path bin, int restPort) {

    static Commands in(Path folder) throws IOException {
        Commands commands = new Commands(Files.createDirectories(folder.resolve("bin")), LaminarCluster.freePort());
        commands.add("laminar", """
                more=()
                [ "$1" != coordinator ] || more=(--port %d --rest-port %d --memory 512m)
                exec %s "$@" "${more[@]}"
                """.formatted(
                        LaminarCluster.freePort(),
                        commands.restPort,
                        String.join(" ", Distribution.built().laminar(300))));
        return commands;
    }

    void add(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/usr/bin/env bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
