package io.laminar.cli.remote;

import io.laminar.cli.Terminal;
import io.laminar.cli.output.OutputFormat;
import io.laminar.client.LaminarClient;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands take that talk to a server. */
public final class ServerChoice {
    private static final String LOCAL = "http://localhost:5115";

    private final Terminal terminal;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server. Default: LAMINAR_SERVER, the last one of 'laminar login', or " + LOCAL + ".")
    private @Nullable String server;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "How the answer is printed: ${COMPLETION-CANDIDATES}. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    ServerChoice(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A client of the server that is named, or else of the usual one. */
    LaminarClient client() {
        return client(terminal, server);
    }

    /** @param server null for the usual one */
    public static LaminarClient client(Terminal terminal, @Nullable String server) {
        Credentials credentials = Credentials.of(terminal);
        String address =
                LaminarClient.normal(server != null ? server : chosen(terminal).orElse(LOCAL));
        String token = terminal.variable("LAMINAR_TOKEN")
                .or(() -> credentials.token(address))
                .orElse(null);
        return new LaminarClient(address, token);
    }

    /** The server that the user has chosen to talk to, if any. */
    public static Optional<String> chosen(Terminal terminal) {
        return terminal.variable("LAMINAR_SERVER")
                .or(() -> Credentials.of(terminal).current());
    }

    /** The folder of what the command keeps for its user. */
    public static Path configuration(Terminal terminal) {
        return terminal.variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(terminal.variable("HOME").orElse(System.getProperty("user.home")), ".config"))
                .resolve("laminar");
    }

    /**
     * Lists resources; where there is none, people are told what to do.
     *
     * @param filtered whether only some of them were asked for
     * @param none what is said if there are none at all
     */
    void list(LaminarClient client, Iterable<?> resources, boolean filtered, String none, String... columns) {
        int count = printer(client).list(resources, columns);
        if (count == 0 && output == OutputFormat.TABLE) {
            terminal.err().println(filtered ? "nothing matches" : none);
        }
    }

    OutputFormat output() {
        return output;
    }

    Terminal terminal() {
        return terminal;
    }

    ResourcePrinter printer(LaminarClient client) {
        return new ResourcePrinter(
                output, terminal.out(), terminal.outIsTerminal() ? terminal.width() : 0, client.json());
    }
}
