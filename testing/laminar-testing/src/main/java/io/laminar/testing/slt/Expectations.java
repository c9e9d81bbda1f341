package io.laminar.testing.slt;

import io.laminar.plan.node.SinkNode;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.text.Changelog;
import io.laminar.testing.text.TextRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Compares what came out of a run with what a case expects. */
final class Expectations {

    private final CompiledCase compiled;
    private final Outcome outcome;
    private final String mode;
    private final boolean exact;

    /** @param exact whether order and counters are certain in this run */
    Expectations(CompiledCase compiled, Outcome outcome, String mode, boolean exact) {
        this.compiled = compiled;
        this.outcome = outcome;
        this.mode = mode;
        this.exact = exact;
    }

    /** @throws SltException if an expectation does not hold */
    void check() {
        SltCase source = compiled.source();
        Optional<SltCommand.ExpectError> expected = source.expectedError();
        if (expected.isPresent()) {
            checkError(expected.get());
            return;
        }
        outcome.error().ifPresent(e -> {
            throw new SltException(source.file(), source.line(), "fails (" + mode + "): " + e.describe(), e);
        });
        for (SltCommand expectation : source.expectations()) {
            if (expectation instanceof SltCommand.ExpectRows rows) {
                checkRows(rows);
            } else if (expectation instanceof SltCommand.ExpectMetric metric && exact) {
                checkMetric(metric);
            }
        }
    }

    private void checkError(SltCommand.ExpectError expected) {
        if (outcome.error().isEmpty()) {
            throw failure(expected.line(), "should fail with " + expected.code() + " but does not");
        }
        LaminarException error = outcome.error().get();
        String mismatch = mismatch(error, expected.code(), expected.pattern());
        if (!mismatch.isEmpty()) {
            throw failure(expected.line(), mismatch);
        }
    }

    /** What is wrong with an error; empty if it is the expected one. */
    static String mismatch(LaminarException error, String code, Optional<String> pattern) {
        boolean found = error.code().code().equals(code)
                && pattern.map(p -> Pattern.compile(p).matcher(error.describe()).find())
                        .orElse(true);
        return found
                ? ""
                : "expected " + code + pattern.map(p -> " matching " + p).orElse("") + ", got\n  " + error.describe();
    }

    private void checkRows(SltCommand.ExpectRows expectation) {
        if (expectation.changelog() && !exact) {
            return;
        }
        SinkNode sink = compiled.sink(expectation);
        List<TextRow> changes = outcome.changes().getOrDefault(sink.table().name(), List.of());
        List<String> expected = expected(expectation, sink);
        List<String> actual;
        if (expectation.changelog()) {
            actual = changes.stream().map(c -> c.change(sink.schema())).toList();
        } else {
            expected.sort(null);
            actual = folded(expectation, sink, changes);
        }
        if (!expected.equals(actual)) {
            throw failure(expectation.line(), "differs\n" + SideBySide.of(expected, actual));
        }
    }

    private List<String> folded(SltCommand.ExpectRows expectation, SinkNode sink, List<TextRow> changes) {
        Changelog changelog = changelog(sink);
        changes.forEach(changelog::apply);
        if (!changelog.contradictions().isEmpty()) {
            throw failure(
                    expectation.line(),
                    "the changelog contradicts itself:\n  " + String.join("\n  ", changelog.contradictions()));
        }
        return changelog.rows();
    }

    private static Changelog changelog(SinkNode sink) {
        List<Integer> key =
                sink.table().primaryKey().stream().map(sink.schema()::indexOf).toList();
        return new Changelog(sink.schema(), key);
    }

    private List<String> expected(SltCommand.ExpectRows expectation, SinkNode sink) {
        Function<String, String> canonical = expectation.changelog()
                ? text -> TextRow.parseChange(text, sink.schema()).change(sink.schema())
                : text -> TextRow.parse(text, sink.schema()).text(sink.schema());
        List<String> rows = new ArrayList<>();
        for (SltCommand.Row row : expectation.rows()) {
            try {
                rows.add(canonical.apply(row.text()));
            } catch (IllegalArgumentException e) {
                throw new SltException(compiled.source().file(), row.line(), "cannot be read: " + e.getMessage(), e);
            }
        }
        return rows;
    }

    /** What the expectation would have to be to hold. */
    List<String> answer(SltCommand.ExpectRows expectation) {
        SinkNode sink = compiled.sink(expectation);
        List<TextRow> changes = outcome.changes().getOrDefault(sink.table().name(), List.of());
        return expectation.changelog()
                ? changes.stream().map(c -> c.change(sink.schema())).toList()
                : folded(expectation, sink, changes);
    }

    private void checkMetric(SltCommand.ExpectMetric metric) {
        long actual = outcome.counters().getOrDefault(metric.metric(), 0L);
        if (actual != metric.value()) {
            throw failure(metric.line(), metric.metric() + " is " + actual + ", expected " + metric.value());
        }
    }

    private SltException failure(int line, String message) {
        return new SltException(compiled.source().file(), line, "(" + mode + ") " + message);
    }
}
