package io.laminar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/** Lays out the list of commands by what people come for, not as one list of two dozen. */
final class CommandGroups {
    private static final Map<String, List<String>> GROUPS = groups();
    private static final int NAME_WIDTH = 14;

    private CommandGroups() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("SQL in this process, without a server:", List.of("run", "sql", "explain", "validate"));
        groups.put(
                "A server, and what it keeps and runs:",
                List.of(
                        "serve",
                        "login",
                        "logout",
                        "status",
                        "pipeline",
                        "job",
                        "profile",
                        "table",
                        "udf",
                        "token",
                        "audit"));
        groups.put("A Flink cluster without a server:", List.of("coordinator", "worker", "jobs", "savepoints"));
        groups.put("Reference:", List.of("functions", "connectors", "formats", "config", "completion"));
        return groups;
    }

    /** Puts the groups in the place of the list. */
    static void into(CommandLine line) {
        line.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::text);
        line.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    }

    private static String text(Help help) {
        Map<String, Help> all = new LinkedHashMap<>(help.subcommands());
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            text.append(System.lineSeparator()).append(title).append(System.lineSeparator());
            List<Help> commands = new ArrayList<>();
            names.forEach(name -> commands.add(java.util.Objects.requireNonNull(all.remove(name), name)));
            text.append(table(help, commands));
        });
        if (!all.isEmpty()) {
            throw new IllegalStateException("commands that stand in no group: " + all.keySet());
        }
        return text.toString();
    }

    private static String table(Help help, List<Help> commands) {
        int width = help.commandSpec().usageMessage().width();
        TextTable table = TextTable.forColumns(
                help.colorScheme(),
                new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
                new Column(width - NAME_WIDTH, 2, Column.Overflow.WRAP));
        for (Help command : commands) {
            table.addRowValues(
                    command.commandSpec().name(),
                    String.join(" ", command.commandSpec().usageMessage().description()));
        }
        return table.toString();
    }
}
