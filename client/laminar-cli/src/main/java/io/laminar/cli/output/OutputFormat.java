package io.laminar.cli.output;

import java.util.Locale;

/** How rows are printed. */
public enum OutputFormat {
    TABLE,
    JSON,
    CSV;

    /** As it is written, and shown in help. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
