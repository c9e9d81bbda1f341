package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of SQL names cases that exist, and leaves no folder of cases out. */
class SqlReferenceTest {
    private static final Path CASES = Repository.root().resolve("testing/laminar-sql-tests/src/test/resources/slt");
    private static final Pattern CASE = Pattern.compile("`([a-z_]+(?:/[a-z_]+\\.slt)?)`");

    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(Repository.root().resolve("docs/sql-reference/README.md"))) {
            if (line.startsWith("|")) {
                String cell = line.substring(line.lastIndexOf('|', line.length() - 2));
                Matcher matcher = CASE.matcher(cell);
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        return named;
    }

    @Test
    void everyCaseThatIsNamedExists() throws IOException {
        List<String> missing = named().stream()
                .filter(name -> !Files.exists(CASES.resolve(name)))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void everyFolderOfCasesIsNamed() throws IOException {
        Set<String> named = named();
        List<String> missing = new ArrayList<>();
        try (Stream<Path> folders = Files.list(CASES)) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(folder ->
                            named.stream().noneMatch(name -> name.equals(folder) || name.startsWith(folder + "/")))
                    .forEach(missing::add);
        }
        assertEquals(List.of(), missing);
    }
}
