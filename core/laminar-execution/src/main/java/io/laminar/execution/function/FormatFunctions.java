package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** Values put into a text, as the format function of Postgres does it. */
public final class FormatFunctions {
    private static final int WIDEST = 100_000;

    private FormatFunctions() {}

    @SqlFunction(
            value = "format(text, any...) -> text",
            nulls = NullHandling.CALLED,
            category = TEXT,
            description =
                    "The text with values in place of %s (as it is), %I (as a name), %L (as a literal), %2$s (the "
                            + "second value), %-10s (padded); %% is a percent sign.",
            example = "format('%s has %L, %2$I; %5s%%', 'x', 'y z', 7)",
            result = "x has 'y z', \"y z\";     7%")
    public static boolean format(DataType[] types, @Nullable Slice template, @Nullable Object[] values, Slice out) {
        if (template == null) {
            return false;
        }
        out.set(new Template(template.toString(), types, values).fill());
        return true;
    }

    /** One text being filled in. */
    private static final class Template {
        private final String text;
        private final DataType[] types;
        private final @Nullable Object[] values;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int next;

        Template(String text, DataType[] types, @Nullable Object[] values) {
            this.text = text;
            this.types = types;
            this.values = values;
        }

        String fill() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c != '%') {
                    out.append(c);
                } else if (at < text.length() && text.charAt(at) == '%') {
                    out.append('%');
                    at++;
                } else {
                    value();
                }
            }
            return out.toString();
        }

        private void value() {
            int number = number();
            int place = next;
            if (number > 0 && at < text.length() && text.charAt(at) == '$') {
                place = number - 1;
                at++;
                number = 0;
            }
            boolean left = at < text.length() && text.charAt(at) == '-';
            if (left) {
                at++;
            }
            int width = number > 0 ? number : number();
            if (at >= text.length()) {
                throw Refusals.invalid("format", "the text ends within a % sequence", "write %% for a percent sign");
            }
            if (place >= values.length) {
                throw Refusals.invalid("format", "the text asks for more than " + values.length + " values");
            }
            pad(converted(text.charAt(at++), place), width, left);
            next = place + 1;
        }

        private int number() {
            int number = 0;
            while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && number <= WIDEST) {
                number = number * 10 + text.charAt(at++) - '0';
            }
            if (number > WIDEST) {
                throw Refusals.invalid("format", "the text asks for a width over " + WIDEST);
            }
            return number;
        }

        private String converted(char kind, int place) {
            Object value = values[place];
            String content = value == null ? "" : ValueText.of(types[place + 1], value);
            return switch (kind) {
                case 's' -> content;
                case 'I' -> {
                    if (value == null) {
                        throw Refusals.invalid("format", "a name is NULL");
                    }
                    boolean plain = content.matches("[a-z_][a-z0-9_]*");
                    yield plain ? content : '"' + content.replace("\"", "\"\"") + '"';
                }
                case 'L' -> value == null ? "NULL" : "'" + content.replace("'", "''") + "'";
                default ->
                    throw Refusals.invalid(
                            "format",
                            "%" + kind + " means nothing",
                            "values go to %s, %I or %L; write %% for a percent sign");
            };
        }

        private void pad(String content, int width, boolean left) {
            String blanks = " ".repeat(Math.max(0, width - content.codePointCount(0, content.length())));
            out.append(left ? "" : blanks).append(content).append(left ? blanks : "");
        }
    }
}
