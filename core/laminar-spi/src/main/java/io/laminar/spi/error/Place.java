package io.laminar.spi.error;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an error is: in the SQL text or in the data. */
public sealed interface Place extends Serializable {

    /** The place that a text of {@link Object#toString} tells; empty if it is none. */
    static Optional<Place> read(String text) {
        Matcher sql = Sql.TEXT.matcher(text);
        if (sql.matches()) {
            return Optional.of(Sql.at(Integer.parseInt(sql.group(1)), Integer.parseInt(sql.group(2))));
        }
        Matcher data = Data.TEXT.matcher(text);
        if (!data.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                data.group(2) == null
                        ? new Data(data.group(1), 0, Long.parseLong(data.group(4)))
                        : new Data(data.group(1), Long.parseLong(data.group(2)), Long.parseLong(data.group(3))));
    }

    /** One-based line and column (in characters) of a SQL text. */
    record Sql(int line, int column, int endLine, int endColumn) implements Place {
        private static final Pattern TEXT = Pattern.compile("line (\\d{1,9}), column (\\d{1,9})");

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
        private static final Pattern TEXT =
                Pattern.compile("(.*?), (?:line (\\d{1,18}), byte (\\d{1,18})|offset (\\d{1,18}))");

        @Override
        public String toString() {
            return line > 0 ? source + ", line " + line + ", byte " + offset : source + ", offset " + offset;
        }
    }
}
