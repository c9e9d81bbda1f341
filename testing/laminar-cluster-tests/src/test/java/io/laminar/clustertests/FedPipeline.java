package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A pipeline whose results tell whether anything was lost or came twice. The test feeds it numbers, so it holds on a
 * machine of any speed: they are copied, and counted in state of their own each.
 */
final class FedPipeline {
    private static final String SQL = """
            SET checkpoint_interval = '500 ms';
            SET updating_flush_interval = '0 s';
            CREATE TABLE numbers (n BIGINT) WITH (
              connector = 'filesystem', path = '%1$s/in', format = 'json', source.discovery_interval = '200 ms');
            CREATE TABLE copies (n BIGINT) WITH (
              connector = 'filesystem', path = '%1$s/copies', format = 'json',
              rolling_policy.interval = '1 second', rolling_policy.inactivity_interval = '500 ms');
            CREATE TABLE counts (n BIGINT, times BIGINT) WITH (
              connector = 'filesystem', path = '%1$s/counts', format = 'debezium_json',
              rolling_policy.interval = '1 second', rolling_policy.inactivity_interval = '500 ms');
            INSERT INTO copies SELECT n FROM numbers;
            INSERT INTO counts SELECT n, count(*) FROM numbers GROUP BY n;
            """;

    private static final Pattern COUNT = Pattern.compile("\"after\":\\{\"n\":(\\d+),\"times\":(\\d+)}");

    private final Path folder;
    private final List<Long> fed = new ArrayList<>();
    private int files;

    FedPipeline(Path folder) {
        this.folder = folder;
    }

    /** The pipeline, in a file. */
    String sql() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        return Files.writeString(folder.resolve("numbers.sql"), SQL.formatted(folder))
                .toString();
    }

    /** Gives it the numbers up to a limit. */
    void feed(int limit) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (long n = 0; n < limit; n++) {
            lines.append("{\"n\":").append(n).append("}\n");
            fed.add(n);
        }
        Path hidden = Files.writeString(folder.resolve(".next"), lines);
        files++;
        Files.move(hidden, folder.resolve("in/" + files + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether everything that was fed has come out. */
    boolean isThrough() {
        return copies().size() >= fed.size() && counts().equals(wanted());
    }

    /** Nothing is lost and nothing came twice. */
    void assertExact() {
        List<Long> copied = new ArrayList<>(copies());
        Collections.sort(copied);
        Collections.sort(fed);
        assertEquals(fed, copied);
        assertEquals(wanted(), counts());
    }

    private Map<Long, Long> wanted() {
        Map<Long, Long> times = new TreeMap<>();
        fed.forEach(n -> times.merge(n, 1L, Long::sum));
        return times;
    }

    private List<Long> copies() {
        List<Long> numbers = new ArrayList<>();
        lines("copies").forEach(line -> numbers.add(Long.parseLong(line.replaceAll("\\D", ""))));
        return numbers;
    }

    private Map<Long, Long> counts() {
        Map<Long, Long> times = new TreeMap<>();
        lines("counts").forEach(line -> {
            Matcher count = COUNT.matcher(line);
            if (count.find()) {
                times.merge(Long.parseLong(count.group(1)), Long.parseLong(count.group(2)), Math::max);
            }
        });
        return times;
    }

    /** What is in finished files. */
    private List<String> lines(String name) {
        Path written = folder.resolve(name);
        if (!Files.exists(written)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(written)) {
            List<String> lines = new ArrayList<>();
            for (Path file :
                    all.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sums of the numbers below a limit that leave the rests 0, 1, 2 when divided by three, doubled. */
    static long doubledSum(int rest, int limit) {
        return LongStream.range(0, limit)
                .filter(n -> n % 3 == rest)
                .map(n -> 2 * n)
                .sum();
    }
}
