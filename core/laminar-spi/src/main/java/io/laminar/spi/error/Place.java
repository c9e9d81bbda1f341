package io.laminar.spi.error;

import java.io.Serializable;

/** Where an error is: in the SQL text or in the data. */
public sealed interface Place extends Serializable {

    /** One-based line and column (in characters) of a SQL text. */
    record Sql(int line, int column, int endLine, int endColumn) implements Place {
        public static Sql at(int line, int column) {
            return new Sql(line, column, line, column);
        }

        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    /**
     * A record of an outside system.
     *
     * @param source file, topic and partition, or whatever names where the record came from
     * @param line one-based line, or 0 where lines have no meaning
     * @param offset zero-based byte offset of the record's start (a message offset for message systems)
     */
    record Data(String source, long line, long offset) implements Place {
        @Override
        public String toString() {
            return line > 0 ? source + ", line " + line + ", byte " + offset : source + ", offset " + offset;
        }
    }
}
