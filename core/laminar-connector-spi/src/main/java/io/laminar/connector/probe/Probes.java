package io.laminar.connector.probe;

import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.connector.TableUse;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.format.RegistryReader;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks outside systems, for no longer than the caller wants to wait. */
public final class Probes {
    /** The kind of the names under which a schema registry keeps schemas; of every connection that names a registry. */
    public static final String SUBJECTS = "subjects";

    private Probes() {}

    /**
     * Connects for real, also to the schema registry if the options name one. A connector without an outside system, such
     * as a generator, is always there.
     *
     * @throws LaminarException that says why not: UNREACHABLE, ACCESS_DENIED, and what is wrong with the options
     */
    public static ConnectionOutcome connect(String connector, OptionValues options, Duration limit) {
        Connector named = Connectors.named(connector);
        long start = System.nanoTime();
        List<SystemReport> systems = within(limit, "connection of connector '" + connector + "'", () -> {
            List<SystemReport> answers = new ArrayList<>();
            answers.add(
                    named instanceof ProbingConnector probing
                            ? probing.reach(options)
                            : new SystemReport(
                                    connector, null, Map.of("reached", "there is nothing outside to reach")));
            if (options.has(RegistryOptions.ENDPOINT)) {
                int subjects = RegistryReader.installed().subjects(options).size();
                answers.add(new SystemReport("schema registry", null, Map.of("subjects", String.valueOf(subjects))));
            }
            return answers;
        });
        return new ConnectionOutcome(Duration.ofNanos(System.nanoTime() - start), systems);
    }

    /**
     * Looks whether a table can be used: what it names is there and can be read or written, its columns fit, and a schema
     * registry takes its schema. Rows to show come from the real source: run {@code SELECT * FROM table LIMIT n} as a
     * preview, which decodes as a job does and ends by itself.
     *
     * @throws LaminarException that says why it cannot be used
     */
    public static TableOutcome table(TableDescriptor table, TableUse use, Duration limit) {
        Connector connector = Connectors.named(table.connector());
        long start = System.nanoTime();
        Map<String, String> facts = within(limit, "table '" + table.name() + "'", () -> {
            connector.check(table, use);
            checkFormat(table, use);
            return connector instanceof ProbingConnector probing ? probing.facts(table, use) : Map.of();
        });
        return new TableOutcome(Duration.ofNanos(System.nanoTime() - start), facts);
    }

    private static void checkFormat(TableDescriptor table, TableUse use) {
        FormatSpec spec = table.format();
        if (spec == null) {
            return;
        }
        Format format = Formats.named(spec.format());
        if (use == TableUse.SINK) {
            format.checkWriting(spec);
        } else {
            format.checkReading(spec);
        }
    }

    /** The kinds of names that can be asked for. */
    public static Set<String> suggestionKinds(String connector) {
        Set<String> kinds = new TreeSet<>();
        if (Connectors.named(connector) instanceof ProbingConnector probing) {
            kinds.addAll(probing.suggestionKinds());
            kinds.add(SUBJECTS);
        }
        return kinds;
    }

    /**
     * Names that begin like what somebody types.
     *
     * @throws LaminarException INVALID_OPTION for a kind that is none, and what {@link #connect} throws
     */
    public static List<Suggestion> suggest(
            String connector, OptionValues options, SuggestionQuery query, Duration limit) {
        Set<String> kinds = suggestionKinds(connector);
        if (!kinds.contains(query.kind())) {
            String near = NearestName.hint(query.kind(), kinds);
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "connector '" + connector + "' has no names of kind '" + query.kind() + "'",
                    near != null ? near : kinds.isEmpty() ? "it has none" : "kinds are " + String.join(", ", kinds));
        }
        return within(limit, "connection of connector '" + connector + "'", () -> {
            List<Suggestion> found = query.kind().equals(SUBJECTS)
                    ? subjects(options, query)
                    : ((ProbingConnector) Connectors.named(connector)).suggest(options, query);
            return found.subList(0, Math.min(query.limit(), found.size()));
        });
    }

    private static List<Suggestion> subjects(OptionValues options, SuggestionQuery query) {
        return RegistryReader.installed().subjects(options).stream()
                .filter(query::admits)
                .sorted()
                .limit(query.limit())
                .map(subject -> new Suggestion(subject, ""))
                .toList();
    }

    /** Runs something that may hang. */
    private static <T> T within(Duration limit, String what, Supplier<T> asking) {
        FutureTask<T> task = new FutureTask<>(asking::get);
        Thread thread = new Thread(task, "laminar-probe");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new LaminarException(
                    ErrorCode.UNREACHABLE,
                    what + ": no answer within " + limit.toMillis() + " ms",
                    null,
                    "see that the outside system runs, and that nothing between swallows the requests",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LaminarException known) {
                throw known;
            }
            throw new LaminarException(ErrorCode.INTERNAL, what + ": " + e.getCause(), null, null, e.getCause());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new LaminarException(ErrorCode.UNREACHABLE, what + ": the question was given up", null, null, e);
        }
    }
}
