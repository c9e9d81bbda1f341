package io.laminar.cli;

import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.connector.MetadataField;
import io.laminar.connector.TableUse;
import io.laminar.plan.PipelineSettings;
import io.laminar.server.settings.ServerOptions;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.Option;
import io.laminar.sql.catalog.TableOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The pages of docs/reference about connectors, formats and settings, from their declarations. */
final class ReferencePages {
    private static final String GENERATED =
            "Generated from the declarations in the code by `ReferencePagesTest`; do not edit.\n";

    private static final int COLUMNS = 100;

    private ReferencePages() {}

    static String connectors() {
        StringBuilder page = new StringBuilder("# Connectors\n\n").append(GENERATED);
        page.append("\n`laminar connectors NAME` prints the same. Options *of the connection* may stand in a"
                + " connection profile and then count for all tables that name it.\n");
        page.append("\n## All tables\n");
        options(TableOptions.ALL, page);
        for (Connector connector : Connectors.all()) {
            page.append("\n## ").append(connector.name()).append("\n\n");
            page.append(connector.description())
                    .append(" Used as: ")
                    .append(uses(connector))
                    .append(". Format: ");
            page.append(connector.formatUse().name().toLowerCase(Locale.ROOT)).append('.');
            if (!connector.capabilities().isEmpty()) {
                page.append(" Can: ").append(Reference.capabilities(connector)).append('.');
            }
            page.append('\n');
            options(connector.options(), page);
            metadata(connector.metadata(), page);
        }
        return page.toString();
    }

    static String formats() {
        StringBuilder page = new StringBuilder("# Formats\n\n").append(GENERATED);
        page.append("\n`laminar formats NAME` prints the same.\n");
        for (Format format : Formats.all()) {
            page.append("\n## ").append(format.name()).append("\n\n").append(format.description());
            page.append(
                    format.readable() ? format.writable() ? " Reads and writes." : " Only reads." : " Only writes.");
            page.append(format.changelog() ? " Carries changes.\n" : "\n");
            options(format.options(), page);
        }
        return page.toString();
    }

    static String settings() {
        StringBuilder page = new StringBuilder("# Settings\n\n").append(GENERATED);
        page.append(
                "\n`SET name = value;` in a pipeline. EXPLAIN says where a setting asks for what is not possible.\n");
        options(PipelineSettings.ALL, page);
        page.append(
                "\n## The server\n\nFrom `laminar.yaml` (`server: {port: 5115}` or `server.port: 5115`), then the environment"
                        + " (`LAMINAR_SERVER__PORT`), then the flags of `laminar serve` (`--port`, `--set server.port=5115`)."
                        + " What comes later counts; a key that is not here is an error.\n");
        options(ServerOptions.ALL, page);
        return page.toString();
    }

    static String commands() {
        StringBuilder page = new StringBuilder("# The laminar command\n\n").append(GENERATED);
        page.append("\n`laminar COMMAND --help` prints the same.\n");
        command(LaminarCommand.described(Terminal.ofProcess()), 2, page);
        return page.toString();
    }

    private static void command(CommandLine command, int depth, StringBuilder page) {
        command.setUsageHelpWidth(COLUMNS);
        page.append('\n')
                .append("#".repeat(depth))
                .append(' ')
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n```text\n");
        page.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing())
                .append("\n```\n");
        command.getSubcommands().values().stream().distinct().forEach(each -> command(each, depth + 1, page));
    }

    private static String uses(Connector connector) {
        return connector.uses().stream()
                .sorted()
                .map(TableUse::name)
                .map(use -> use.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static void options(List<Option> options, StringBuilder page) {
        if (options.isEmpty()) {
            return;
        }
        page.append("\n| option | value | default | what it says |\n|---|---|---|---|\n");
        for (Option option : options) {
            page.append("| `").append(option.name()).append('`');
            if (option.required()) {
                page.append(" (required)");
            }
            page.append(" | ").append(cell(Reference.kind(option)));
            page.append(option.secret() ? ", secret" : "");
            page.append(option.connection() ? ", of the connection" : "").append(" | ");
            Object value = option.defaultValue();
            if (value != null) {
                page.append('`').append(cell(Reference.value(option, value))).append('`');
            }
            page.append(" | ").append(cell(option.description()));
            if (!option.aliases().isEmpty()) {
                page.append(" Also: `")
                        .append(String.join("`, `", option.aliases()))
                        .append("`.");
            }
            page.append(" |\n");
        }
    }

    private static void metadata(List<MetadataField> fields, StringBuilder page) {
        if (fields.isEmpty()) {
            return;
        }
        page.append("\n| metadata | type | what it is |\n|---|---|---|\n");
        for (MetadataField field : fields) {
            page.append("| `")
                    .append(field.key())
                    .append("` | ")
                    .append(field.type().sql());
            page.append(" | ").append(cell(field.description())).append(" |\n");
        }
    }

    /** Text within a cell of a table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
