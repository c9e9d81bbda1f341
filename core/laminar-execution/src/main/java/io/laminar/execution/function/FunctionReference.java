package io.laminar.execution.function;

import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionDeclaration.Example;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.FunctionProvider;
import io.laminar.spi.function.Signature;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** Renders declarations of functions for people: as a page of the documentation and for the terminal. */
public final class FunctionReference {
    private static final String HEAD = """
            # Functions

            This page is made from the declarations that the planner uses; the examples are run by a test. To make it
            again after a change: `mvn -pl testing/laminar-sql-tests -am test -Dtest=FunctionsTest \
            -Dsurefire.failIfNoSpecifiedTests=false -Dreference.update=true`.

            A NULL argument makes the result NULL unless the description says otherwise. Names are not case-sensitive.
            Where an INT is given and a BIGINT or DOUBLE is taken, the number is widened.
            """;

    /** The rows that the examples of aggregates are about, as they stand in FROM. */
    public static final String EXAMPLE_ROWS = "(VALUES (1, 10, 'a', true), (2, 20, 'b', false), (4, 20, 'b', NULL),"
            + " (NULL, 30, 'c', true)) AS t(x, y, s, b)";

    /** The event times of these rows. */
    public static final String EXAMPLE_TIMES = "00:00:01, 00:00:04, 00:00:08 and 00:00:12 of 2024-01-01";

    private static final Set<FunctionCategory> OVER_ROWS =
            EnumSet.of(FunctionCategory.AGGREGATE, FunctionCategory.WINDOW, FunctionCategory.OVER);

    private FunctionReference() {}

    /** The functions of every provider that the class path brings. */
    public static List<FunctionDeclaration> all() {
        return ServiceLoader.load(FunctionProvider.class).stream()
                .flatMap(provider -> provider.get().functions().stream())
                .toList();
    }

    /** A page in Markdown, one table per category. */
    public static String markdown(List<FunctionDeclaration> functions) {
        StringBuilder page = new StringBuilder(HEAD);
        for (FunctionCategory category : categories(functions)) {
            page.append("\n## ").append(category.title()).append("\n\n");
            if (OVER_ROWS.contains(category)) {
                page.append("The examples are over the rows `")
                        .append(EXAMPLE_ROWS)
                        .append("`, whose event times are ")
                        .append(EXAMPLE_TIMES)
                        .append(".\n\n");
            }
            page.append("| function | what it gives | examples |\n|---|---|---|\n");
            for (FunctionDeclaration function : of(category, functions)) {
                page.append("| ").append(signatures(function));
                page.append(" | ").append(cell(function.description()));
                if (!function.aliases().isEmpty()) {
                    page.append(" Also: ").append(code(function.aliases())).append('.');
                }
                page.append(" | ").append(examples(function)).append(" |\n");
            }
        }
        return page.toString();
    }

    private static String signatures(FunctionDeclaration function) {
        return function.signatures().stream()
                .map(signature -> "`" + cell(declared(function, signature)) + "`")
                .collect(Collectors.joining("<br>"));
    }

    private static String examples(FunctionDeclaration function) {
        return function.examples().stream()
                .map(FunctionReference::example)
                .distinct()
                .collect(Collectors.joining("<br>"));
    }

    private static String example(Example example) {
        String value = example.result().isEmpty() ? "(empty)" : "`" + cell(example.result()) + "`";
        return "`" + cell(example.expression()) + "` = " + value;
    }

    private static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /** The signature under the name it is listed by, which may be an alias of the one it is declared with. */
    private static String declared(FunctionDeclaration function, Signature signature) {
        return function.name() + signature.text().substring(signature.name().length());
    }

    /**
     * Lines for a terminal.
     *
     * @param word only functions whose name, alias or category holds this word; empty for all
     */
    public static String table(List<FunctionDeclaration> functions, String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        List<FunctionDeclaration> shown = functions.stream()
                .filter(function -> concerns(function, wanted))
                .toList();
        int width = shown.stream()
                .flatMap(function -> function.signatures().stream().map(signature -> declared(function, signature)))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder lines = new StringBuilder();
        for (FunctionCategory category : categories(shown)) {
            lines.append(lines.length() == 0 ? "" : "\n")
                    .append(category.title())
                    .append('\n');
            for (FunctionDeclaration function : of(category, shown)) {
                String description = function.description();
                for (Signature signature : function.signatures()) {
                    String text = declared(function, signature);
                    String line = "  " + text + " ".repeat(width - text.length() + 2) + description;
                    lines.append(line.stripTrailing()).append('\n');
                    description = "";
                }
            }
        }
        return lines.toString();
    }

    private static boolean concerns(FunctionDeclaration function, String word) {
        return function.name().contains(word)
                || function.aliases().stream().anyMatch(alias -> alias.contains(word))
                || function.category().title().toLowerCase(Locale.ROOT).contains(word);
    }

    private static List<FunctionCategory> categories(List<FunctionDeclaration> functions) {
        return Arrays.stream(FunctionCategory.values())
                .filter(category -> functions.stream().anyMatch(function -> function.category() == category))
                .toList();
    }

    /** Sorted by name; a name may be both, a scalar function and an aggregate. */
    private static List<FunctionDeclaration> of(FunctionCategory category, List<FunctionDeclaration> functions) {
        Comparator<FunctionDeclaration> byName = Comparator.comparing(FunctionDeclaration::name);
        return functions.stream()
                .filter(function -> function.category() == category)
                .sorted(byName.thenComparing(function -> function.kind() == FunctionKind.AGGREGATE))
                .toList();
    }
}
