package io.laminar.cli.remote;

import io.laminar.cli.ExitCode;
import io.laminar.cli.Terminal;
import io.laminar.client.LaminarClient;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets the token of a server. */
@Command(
        name = "logout",
        description = "Forget the token of a server. The token stays valid: 'laminar token delete' ends that.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  laminar logout", "  laminar logout http://localhost:5115"})
public final class LogoutCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "Default: the server of the last login.")
    private @Nullable String server;

    LogoutCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Credentials credentials = Credentials.of(terminal);
        String address = server != null
                ? LaminarClient.normal(server)
                : credentials
                        .current()
                        .orElseThrow(() -> new LaminarException(
                                ErrorCode.USAGE, "there is no server to log out from", "name one: laminar logout URL"));
        if (!credentials.forget(address)) {
            throw new LaminarException(ErrorCode.USAGE, "no token of " + address + " is kept");
        }
        terminal.err().println("logged out from " + address);
        return ExitCode.DONE;
    }
}
