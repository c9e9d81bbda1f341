package io.laminar.cli;

import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The reference of formats. */
@Command(
        name = "formats",
        description = "How rows can be encoded, with all options.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  laminar formats", "  laminar formats json"})
final class FormatsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ReferenceOutput output = new ReferenceOutput();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show the options of one format.")
    private @Nullable String name;

    FormatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!output.isText()) {
            String wanted = name == null ? null : Formats.named(name).name();
            output.print(
                    terminal,
                    ReferenceOutput.reference().formats().data(),
                    format -> wanted == null || wanted.equals(format.name()),
                    "name",
                    "options");
            return ExitCode.DONE;
        }
        Reference reference = new Reference(terminal.out());
        if (name == null) {
            Formats.all().forEach(format -> reference.entry(format.name() + uses(format), format.description()));
            return ExitCode.DONE;
        }
        Format format = Formats.named(name);
        reference.heading(format.name() + uses(format) + ": " + format.description());
        reference.options(format.options());
        return ExitCode.DONE;
    }

    private static String uses(Format format) {
        return format.readable() ? format.writable() ? " (read, write)" : " (read)" : " (write)";
    }
}
