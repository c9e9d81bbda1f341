package io.laminar.sql.validate;

import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.WindowOperator;
import io.laminar.sql.function.WindowTimeOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Calls of window functions, in all their spellings, as {@link WindowOperator}s. */
final class WindowCalls {
    static final Set<String> FUNCTIONS = Set.of("tumble", "hop", "session", "cumulate");
    private static final Set<String> PARTS = Set.of(
            "tumble_start",
            "tumble_end",
            "hop_start",
            "hop_end",
            "session_start",
            "session_end",
            "cumulate_start",
            "cumulate_end",
            "tumble_rowtime",
            "hop_rowtime",
            "session_rowtime");
    private static final long LONGEST = 366_000L * 86_400_000_000L;

    private WindowCalls() {}

    static boolean isWindow(String name) {
        return FUNCTIONS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isPart(String name) {
        return PARTS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@code TUMBLE_START(ts, width)} as the member of {@code TUMBLE(ts, width)}. */
    static SqlNode part(String name, List<SqlNode> arguments, SqlParserPos position) {
        int underscore = name.indexOf('_');
        SqlNode window = window(name.substring(0, underscore), arguments, position);
        String part = name.substring(underscore + 1).toLowerCase(Locale.ROOT);
        return part.equals("rowtime")
                ? WindowTimeOperator.INSTANCE.call(position, window)
                : new MemberOperator(part).call(position, window);
    }

    /** {@code tumble(width)} over the hidden event time, or {@code TUMBLE(ts, width)} over a column. */
    static SqlNode window(String name, List<SqlNode> arguments, SqlParserPos position) {
        String function = name.toLowerCase(Locale.ROOT);
        boolean overTime = !arguments.isEmpty() && Literals.span(arguments.get(0)) == null;
        @Nullable SqlNode time = overTime ? arguments.get(0) : null;
        List<Literals.Span> spans = new ArrayList<>();
        for (SqlNode argument : overTime ? arguments.subList(1, arguments.size()) : arguments) {
            Literals.Span span = Literals.span(argument);
            if (span == null) {
                throw invalid(Places.of(argument), "a window's parameters are constant intervals", usage(function));
            }
            spans.add(span);
        }
        return operator(function, spans, time, position);
    }

    /** The window function of a call whose time and parameters are known apart. */
    static SqlNode operator(String function, List<Literals.Span> spans, @Nullable SqlNode time, SqlParserPos position) {
        WindowOperator operator = new WindowOperator(function, spec(function, spans, position), Places.of(position));
        return time == null ? operator.call(position) : operator.call(position, time);
    }

    private static WindowSpec spec(String function, List<Literals.Span> spans, SqlParserPos position) {
        int sizes = function.equals("hop") || function.equals("cumulate") ? 2 : 1;
        int most = function.equals("session") ? sizes : sizes + 1;
        if (spans.size() < sizes || spans.size() > most) {
            throw invalid(
                    Places.of(position),
                    function + " takes " + (sizes == 1 ? "one interval" : "two intervals"),
                    usage(function));
        }
        if (function.equals("tumble") && spans.size() == 1 && spans.get(0).isMonths()) {
            return months(spans.get(0), position);
        }
        for (Literals.Span span : spans) {
            if (span.isMonths()) {
                throw invalid(
                        Places.of(position),
                        "months and years have no fixed length; only tumble takes them, without an offset",
                        "tumble(INTERVAL '1 month')");
            }
        }
        for (Literals.Span size : spans.subList(0, sizes)) {
            if (size.amount() <= 0 || size.amount() > LONGEST) {
                throw invalid(
                        Places.of(position),
                        "a window's parameters are longer than zero and below a thousand years",
                        usage(function));
            }
        }
        long first = spans.get(0).amount();
        long second = sizes == 2 ? spans.get(1).amount() : first;
        long offset = spans.size() > sizes ? Math.floorMod(spans.get(sizes).amount(), first) : 0;
        return switch (function) {
            case "tumble" -> new WindowSpec.Tumble(first, offset);
            case "session" -> new WindowSpec.Session(first);
            case "hop" -> hop(first, second, offset, position);
            default ->
                cumulate(first, second, spans.size() > sizes ? spans.get(sizes).amount() : 0, position);
        };
    }

    private static WindowSpec months(Literals.Span span, SqlParserPos position) {
        if (span.amount() <= 0 || span.amount() > 1200) {
            throw invalid(Places.of(position), "a calendar window has between one month and a hundred years", null);
        }
        return new WindowSpec.TumbleMonths(Math.toIntExact(span.amount()));
    }

    private static WindowSpec hop(long slide, long width, long offset, SqlParserPos position) {
        if (slide > width) {
            throw invalid(
                    Places.of(position),
                    "the slide of a hop is longer than its width: rows between two windows would be in none",
                    "the slide comes first: hop(slide, width)");
        }
        if (width / slide > 100_000) {
            throw invalid(
                    Places.of(position), "a row would be in " + width / slide + " windows", "take a longer slide");
        }
        return slide == width ? new WindowSpec.Tumble(width, offset) : new WindowSpec.Hop(slide, width, offset);
    }

    private static WindowSpec cumulate(long step, long max, long offset, SqlParserPos position) {
        if (max % step != 0) {
            throw invalid(
                    Places.of(position),
                    "the greatest width of cumulate is a multiple of its step",
                    "the step comes first: cumulate(step, max)");
        }
        return new WindowSpec.Cumulate(step, max, Math.floorMod(offset, max));
    }

    private static @Nullable String usage(String function) {
        return switch (function) {
            case "tumble" -> "tumble(INTERVAL '10 seconds'), or TUMBLE(ts, INTERVAL '10' SECOND)";
            case "hop" -> "hop(INTERVAL '2 seconds', INTERVAL '10 seconds'): slide, then width";
            case "session" -> "session(INTERVAL '30 seconds'): the gap that ends a session";
            default -> "cumulate(INTERVAL '1 minute', INTERVAL '1 hour'): step, then greatest width";
        };
    }

    private static LaminarException invalid(
            io.laminar.spi.error.Place.Sql place, String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.INVALID_WINDOW, reason, place, hint, null);
    }
}
