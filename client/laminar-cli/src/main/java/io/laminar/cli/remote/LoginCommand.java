package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.Terminal;
import io.laminar.client.LaminarClient;
import io.laminar.client.api.VersionApi;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps the token of a server. */
@Command(
        name = "login",
        description = "Keep the token of a server, and make it the one that the other commands talk to.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Tokens are kept in ~/.config/laminar/credentials.json, which only you can read. LAMINAR_SERVER and",
            "LAMINAR_TOKEN come before what is kept there.",
            "",
            "Examples:",
            "  laminar login http://localhost:5115 lam_...",
            "  laminar login https://laminar.example.org         asks for the token, or reads it from a pipe"
        })
public final class LoginCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "URL", description = "The server, for example http://localhost:5115.")
    private String server = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TOKEN", description = "Without it you are asked for it.")
    private @Nullable String token;

    LoginCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String address = LaminarClient.normal(server);
        String given = token != null ? token : SecretPrompt.read(terminal, "token: ");
        if (given.isBlank()) {
            throw new LaminarException(
                    ErrorCode.USAGE, "the token is empty", "'laminar serve' prints one at its first start");
        }
        String version = new LaminarClient(address, given.strip())
                .version(VersionApi::getVersion)
                .getVersion();
        Credentials credentials = Credentials.of(terminal);
        credentials.keep(address, given.strip());
        terminal.err()
                .println("logged in to " + address + " (Laminar " + version + "); the token is in "
                        + credentials.file());
        return ExitCode.DONE;
    }
}
