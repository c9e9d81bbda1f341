package io.laminar.testing.slt;

import java.nio.file.Path;
import java.util.List;

/** The SQL in .slt files, for tests that need many texts. */
public final class SltTexts {

    private SltTexts() {}

    /** For each case of a file its declarations and its pipeline or refused statement. */
    public static List<String> of(Path file) {
        return SltCase.of(file).stream()
                .map(SltCase::sql)
                .map(sql -> sql.replaceAll("(?m)^\\s*\\n", ""))
                .toList();
    }
}
