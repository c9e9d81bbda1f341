package io.laminar.cli;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
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
            "  source <(laminar completion bash)                       this bash; the line may stand in ~/.bashrc",
            "  source <(laminar completion zsh)                        this zsh; the line may stand in ~/.zshrc",
            "  laminar completion fish > ~/.config/fish/completions/laminar.fish"
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
        ZSH,
        FISH;

        /** As it is written, and shown in help. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var whole = Objects.requireNonNull(spec).root().commandLine();
        terminal.out()
                .print(
                        switch (shell) {
                            case BASH -> bash(whole);
                            // The script speaks both; zsh only has to load what lets it read bash's.
                            case ZSH ->
                                "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                                        + bash(whole);
                            case FISH -> FishCompletion.of(whole);
                        });
        terminal.out().flush();
        return ExitCode.DONE;
    }

    /** Where there is nothing else to complete, names of files are: most words that are left are some. */
    private static String bash(CommandLine whole) {
        return AutoComplete.bash("laminar", whole).replace("compopt +o default", "compopt -o default");
    }
}
