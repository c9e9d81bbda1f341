package io.laminar.cli.output;

/** How rows are printed. */
public enum OutputFormat {
    TABLE,
    JSON,
    CSV
}
