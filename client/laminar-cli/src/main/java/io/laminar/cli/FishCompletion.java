package io.laminar.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script that makes fish complete the command, from what the command understands. */
final class FishCompletion {
    private static final List<String> FILES = List.of("FILE", "DIR", "FOLDER");

    private final StringBuilder script = new StringBuilder();
    private final List<String> paths = new ArrayList<>();

    private FishCompletion() {}

    static String of(CommandLine whole) {
        FishCompletion completion = new FishCompletion();
        completion.command("", whole.getCommandSpec());
        return head(completion.paths) + completion.script;
    }

    /** A function that tells which subcommand the words before the cursor have come to. */
    private static String head(List<String> paths) {
        return """
                # Completion of laminar for fish.
                function __laminar_at
                    set -l at ''
                    for word in (commandline -opc)[2..-1]
                        switch "$at $word"
                            case %s
                                set at "$at $word"
                        end
                    end
                    test "$at" = "$argv[1]"
                end
                complete -c laminar -f
                """.formatted(String.join(
                " ", paths.stream().map(FishCompletion::quoted).toList()));
    }

    private void command(String path, CommandSpec spec) {
        String condition = " -n " + quoted("__laminar_at " + quoted(path));
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                option(condition, option);
            }
        }
        if (spec.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
            line(condition + " -F");
        }
        spec.positionalParameters().forEach(parameter -> {
            String candidates = candidates(parameter);
            if (!candidates.isEmpty()) {
                line(condition + " -a " + quoted(candidates));
            }
        });
        spec.subcommands().forEach((name, subcommand) -> {
            CommandSpec below = subcommand.getCommandSpec();
            paths.add(path + " " + name);
            line(condition + " -a " + quoted(name) + " -d "
                    + quoted(first(below.usageMessage().description())));
            command(path + " " + name, below);
        });
    }

    private void option(String condition, OptionSpec option) {
        StringBuilder text = new StringBuilder(condition);
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            String candidates = candidates(option);
            text.append(isFile(option) ? " -r -F" : option.arity().min() > 0 ? " -x" : " -f");
            text.append(candidates.isEmpty() ? "" : " -a " + quoted(candidates));
        }
        line(text + " -d " + quoted(first(option.description())));
    }

    private static boolean isFile(ArgSpec argument) {
        return FILES.contains(argument.paramLabel());
    }

    private static String candidates(ArgSpec argument) {
        List<String> all = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(each -> all.add(each.toLowerCase(java.util.Locale.ROOT)));
        }
        return String.join(" ", all);
    }

    /** The first sentence. */
    private static String first(String[] description) {
        String text = String.join(" ", description).replace("%n", " ").replaceAll("\\$\\{[^}]*}", "...");
        int end = text.indexOf(". ");
        return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
    }

    private void line(String text) {
        script.append("complete -c laminar").append(text).append('\n');
    }

    /** As fish reads it. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
