package io.laminar.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be read off the source files themselves. */
class SourceFileTest {

    private static final int MOST_LINES = 500;

    @Test
    void noFileIsLongerThanItsRole() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Sources.main()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.add(Sources.root().relativize(file) + " has " + lines + " lines");
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() throws IOException {
        Set<Path> packages = Sources.main().stream().map(Path::getParent).collect(Collectors.toSet());
        assertTrue(packages.size() > 20, "only " + packages.size() + " packages were found");
        List<String> wrong = new ArrayList<>();
        for (Path folder : packages) {
            if (folder.endsWith("generated")) {
                continue; // a few classes beside generated ones, which know nothing of null marks
            }
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.contains("@NullMarked") || !text.contains("/**")) {
                wrong.add(Sources.root().relativize(folder).toString());
            }
        }
        assertEquals(List.of(), wrong, "packages without a package-info.java with Javadoc and @NullMarked");
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Sources.main()) {
            String text = Files.readString(file);
            if (text.contains("TO" + "DO") || text.contains("FIX" + "ME")) {
                found.add(Sources.root().relativize(file).toString());
            }
        }
        assertEquals(List.of(), found);
    }
}
