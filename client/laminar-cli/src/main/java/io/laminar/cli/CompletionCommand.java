package io.laminar.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the command. */
@Command(
        name = "completion",
        description = "Print a script that makes a shell complete laminar's commands and options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  source <(laminar completion bash)",
            "  laminar completion zsh > ~/.zsh/laminar && echo 'source ~/.zsh/laminar' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Spec
    private @Nullable CommandSpec spec;

    /** Shells that it works in. */
    enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var whole = Objects.requireNonNull(spec).root().commandLine();
        String script = AutoComplete.bash("laminar", whole);
        // The script speaks both; zsh only has to load what lets it read bash's.
        terminal.out()
                .print(
                        shell == Shell.ZSH
                                ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                                        + script
                                : script);
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
