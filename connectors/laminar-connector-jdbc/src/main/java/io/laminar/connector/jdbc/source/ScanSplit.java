package io.laminar.connector.jdbc.source;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table that is read at one go.
 *
 * @param condition which rows, in SQL; empty: all
 */
public record ScanSplit(String id, String condition) implements SourceSplit {
    @Override
    public String splitId() {
        return id;
    }
}
