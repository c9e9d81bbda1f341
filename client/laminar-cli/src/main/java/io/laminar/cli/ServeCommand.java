package io.laminar.cli;

import io.laminar.server.LaminarServer;
import io.laminar.server.settings.ServerOptions;
import io.laminar.server.settings.ServerSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** The platform in one process. */
@Command(
        name = "serve",
        description = "The platform in one process: HTTP API, pipelines, and the cluster they run on.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The first start makes a token and prints it once; 'laminar login' keeps it for the other commands.",
            "Ctrl-C saves the state of all pipelines and stops; the next start goes on with them.",
            "",
            "Configuration: laminar.yaml, then variables such as LAMINAR_SERVER__PORT, then flags; 'laminar config' lists"
                    + " the keys.",
            "",
            "Examples:",
            "  laminar serve",
            "  laminar serve --port 8080 --data /var/lib/laminar",
            "  laminar serve --cluster http://localhost:8081 --set state.folder=/shared/laminar",
            "  LAMINAR_METADATA__URL=jdbc:postgresql://db/laminar laminar serve"
        })
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @picocli.CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Default: laminar.yaml, if there is one.")
    private @Nullable Path config;

    @picocli.CommandLine.Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for everything that is kept. Default: .laminar")
    private @Nullable String data;

    @picocli.CommandLine.Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Default: 127.0.0.1, so that only this machine can connect.")
    private @Nullable String host;

    @picocli.CommandLine.Option(names = "--port", paramLabel = "N", description = "Default: 5115. 0 takes a free one.")
    private @Nullable String port;

    @picocli.CommandLine.Option(
            names = "--cluster",
            paramLabel = "URL",
            description = "Run pipelines on a cluster, http://host:8081 of its coordinator.")
    private @Nullable String cluster;

    @picocli.CommandLine.Option(names = "--auth", paramLabel = "HOW", description = "token (default) or none.")
    private @Nullable String auth;

    @picocli.CommandLine.Option(
            names = "--insecure",
            description = "Allows --auth none on an address that others can reach.")
    private boolean insecure;

    @picocli.CommandLine.Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any key of the configuration.")
    private Map<String, String> further = new HashMap<>();

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = ServerSettings.read(config, System.getenv(), flags());
        if (!settings.isLoopback() && !settings.speaksTls()) {
            terminal.err()
                    .println(
                            "warning: tokens and data go over the network unencrypted; server.tls_keystore changes that");
        }
        LogFile.forServer(settings.dataFolder());
        CountDownLatch stop = new CountDownLatch(1);
        try (LaminarServer server = LaminarServer.start(settings, Version.of(Version.class))) {
            String address = address(settings, server.port());
            terminal.out().println("Laminar serves " + address + "  (API: " + address + "/docs)");
            server.firstToken().ifPresent(token -> {
                terminal.out().println("token: " + token);
                terminal.out().println("It is shown only now. To use it:  laminar login " + address + " " + token);
            });
            terminal.out().flush();
            server.warmUp();
            Interrupts.handle(() -> {
                if (stop.getCount() == 0) {
                    Runtime.getRuntime().halt(ExitCode.FAILED);
                }
                terminal.err().println("Saving the state of all pipelines and stopping. Ctrl-C again stops at once.");
                stop.countDown();
            });
            stop.await();
        }
        return ExitCode.DONE;
    }

    private static String address(ServerSettings settings, int port) {
        String scheme = settings.speaksTls() ? "https" : "http";
        String name = settings.isLoopback() ? "localhost" : settings.host();
        return scheme + "://" + name + ":" + port;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>(further);
        put(flags, ServerOptions.DATA, data);
        put(flags, ServerOptions.HOST, host);
        put(flags, ServerOptions.PORT, port);
        put(flags, ServerOptions.CLUSTER_URL, cluster);
        put(flags, ServerOptions.AUTH, auth);
        if (insecure) {
            flags.put(ServerOptions.INSECURE.name(), "true");
        }
        return flags;
    }

    private static void put(Map<String, String> flags, Option option, @Nullable String value) {
        if (value != null && flags.put(option.name(), value) != null) {
            throw new LaminarException(ErrorCode.USAGE, option.name() + " is given twice");
        }
    }
}
