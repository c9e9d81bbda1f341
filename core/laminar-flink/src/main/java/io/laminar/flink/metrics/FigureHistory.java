package io.laminar.flink.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The figures of the last minutes of a job. Any thread may read. */
public final class FigureHistory {
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration APART = Duration.ofSeconds(5);

    private final Supplier<JobFigures> source;
    private final Duration kept;
    private final Duration apart;
    private final Deque<JobFigures> series = new ArrayDeque<>();
    private volatile Optional<JobFigures> latest = Optional.empty();

    /**
     * The last 15 minutes, one look in 5 seconds.
     *
     * @param source for example {@code job::figures}
     */
    public FigureHistory(Supplier<JobFigures> source) {
        this(source, KEPT, APART);
    }

    /** @param apart what lies at least between two looks that are kept */
    public FigureHistory(Supplier<JobFigures> source, Duration kept, Duration apart) {
        this.source = source;
        this.kept = kept;
        this.apart = apart;
    }

    /** Looks at the job in every interval until it is done, and then once more. */
    public void start(ScheduledExecutorService timer, Duration interval, BooleanSupplier done) {
        Future<?> unused = timer.schedule(
                () -> {
                    boolean over = done.getAsBoolean();
                    look();
                    if (!over) {
                        start(timer, interval, done);
                    }
                },
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Looks at the job now. */
    public JobFigures look() {
        JobFigures now = source.get();
        synchronized (series) {
            JobFigures last = series.peekLast();
            if (last == null || Duration.between(last.time(), now.time()).compareTo(apart) >= 0) {
                series.addLast(now);
            }
            Instant oldest = now.time().minus(kept);
            while (series.getFirst().time().isBefore(oldest)) {
                series.removeFirst();
            }
        }
        latest = Optional.of(now);
        return now;
    }

    /** What the last look showed; empty before the first. */
    public Optional<JobFigures> latest() {
        return latest;
    }

    /** The looks that are kept, the oldest first. */
    public List<JobFigures> series() {
        synchronized (series) {
            return List.copyOf(series);
        }
    }
}
