package io.laminar.testing.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a pipeline has written, and compares it with the answers row for row. */
final class Sinks {
    private static final int SALE = 4;
    private static final int MATCH = 4;

    private final Pipeline pipeline;
    private final Database database;
    private final Topics topics;
    /** Rows of finished files that were counted already. */
    private final Map<Path, Long> counted = new HashMap<>();

    Sinks(Pipeline pipeline, Database database) {
        this.pipeline = pipeline;
        this.database = database;
        this.topics = new Topics(pipeline.broker());
    }

    /** Whether at least as many rows are there as have to be. */
    boolean isFull(Answers answers) {
        return totalled() >= answers.orders() + Shop.PARTITIONS
                && lines() >= answers.pairs()
                && records() >= answers.windows();
    }

    /** Orders that are in the totals. */
    long totalled() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("SELECT coalesce(sum(n), 0) FROM " + pipeline.table())) {
            sum.next();
            return sum.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long lines() {
        for (Path file : files()) {
            counted.computeIfAbsent(file, name -> {
                try (Stream<String> lines = Files.lines(name)) {
                    return lines.count();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that are finished. */
    private List<Path> files() {
        if (!Files.isDirectory(pipeline.files())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(pipeline.files())) {
            return all.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long records() {
        long[] count = {0};
        topics.read(pipeline.topic(), value -> count[0]++);
        return count[0];
    }

    List<Verdict> compare(Answers answers) {
        return List.of(sales(answers), matches(answers), totals(answers));
    }

    private Verdict sales(Answers answers) {
        Verdict verdict = new Verdict("Kafka (exactly once): windows", answers.windows());
        int[] seen = new int[answers.windowPlaces()];
        topics.read(pipeline.topic(), value -> {
            verdict.row();
            long[] sale = Numbers.of(value, SALE);
            int window = answers.window(sale[0], sale[1]);
            if (window < 0 || sale[2] != answers.salesCount(window) || sale[3] != answers.salesAmount(window)) {
                verdict.wrong(value);
            }
            if (window >= 0) {
                seen[window]++;
            }
        });
        for (int window = 0; window < seen.length; window++) {
            long second = Shop.firstSecond() + window / Shop.SHOPS;
            count(verdict, seen[window], answers.salesCount(window) > 0 ? 1 : 0, "window " + second);
        }
        return verdict;
    }

    private Verdict matches(Answers answers) {
        Verdict verdict = new Verdict("Files (exactly once): join", answers.pairs());
        byte[] seen = new byte[answers.pairPlaces()];
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> match(answers, verdict, seen, line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (int pair = 0; pair < seen.length; pair++) {
            count(verdict, seen[pair], answers.matches(pair), "pair of order " + pair / (Shop.PAYMENTS + 1));
        }
        return verdict;
    }

    private static void match(Answers answers, Verdict verdict, byte[] seen, String line) {
        verdict.row();
        long[] match = Numbers.of(line, MATCH);
        int pair = answers.pair(match[0], match[2]);
        if (pair < 0) {
            verdict.wrong(line);
            return;
        }
        seen[pair]++;
        Shop.Order order = answers.shop().order(match[0]);
        long paid = match[2] == Numbers.NULL
                ? Numbers.NULL
                : answers.shop().payments(order).stream()
                        .filter(payment -> payment.id() == match[2])
                        .mapToLong(Shop.Payment::paid)
                        .findFirst()
                        .orElse(Numbers.NULL);
        if (match[1] != order.amount() || match[3] != paid) {
            verdict.wrong(line);
        }
    }

    private static void count(Verdict verdict, int seen, int expected, String row) {
        if (seen < expected) {
            verdict.lost(expected - seen, row);
        } else if (seen > expected) {
            verdict.doubled(seen - expected, row);
        }
    }

    Verdict totals(Answers answers) {
        int customers = answers.shop().customers();
        long expected = 1;
        for (int customer = 0; customer < customers; customer++) {
            expected += answers.totalCount(customer) > 0 ? 1 : 0;
        }
        Verdict verdict = new Verdict("PostgreSQL (upsert): updating aggregate", expected);
        boolean[] seen = new boolean[customers];
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT customer, n, amount, last FROM " + pipeline.table())) {
            while (rows.next()) {
                verdict.row();
                total(answers, verdict, seen, rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (int customer = 0; customer < customers; customer++) {
            count(verdict, seen[customer] ? 1 : 0, answers.totalCount(customer) > 0 ? 1 : 0, "customer " + customer);
        }
        return verdict;
    }

    private static void total(Answers answers, Verdict verdict, boolean[] seen, ResultSet row) throws SQLException {
        long customer = row.getLong("customer");
        Total right = Total.of(answers, customer);
        if (customer >= 0 && customer < seen.length) {
            seen[Math.toIntExact(customer)] = true;
        }
        Total found = new Total(row.getLong("n"), row.getLong("amount"), row.getLong("last"));
        if (!found.equals(right)) {
            verdict.wrong("customer " + customer + ": " + found + " instead of " + right);
        }
    }

    /** What is said about a customer. */
    private record Total(long n, long amount, long last) {
        static @Nullable Total of(Answers answers, long customer) {
            if (customer == Shop.CLOSING) {
                return new Total(Shop.PARTITIONS, 0, Shop.CLOSING);
            }
            if (customer < 0 || customer >= answers.shop().customers()) {
                return null;
            }
            int place = Math.toIntExact(customer);
            return new Total(answers.totalCount(place), answers.totalAmount(place), answers.totalLast(place));
        }
    }
}
