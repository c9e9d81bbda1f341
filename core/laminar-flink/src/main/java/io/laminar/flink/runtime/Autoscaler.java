package io.laminar.flink.runtime;

import io.laminar.flink.scale.ScalingAdvisor;
import io.laminar.flink.scale.ScalingDecision;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.flink.scale.StageGraph;
import io.laminar.spi.error.LaminarException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gives the stages of a job the subtasks they need, as long as the job runs. Every decision is told, with its reasons,
 * also those to change nothing.
 */
public final class Autoscaler {
    /** Decisions that are remembered. */
    private static final int MEMORY = 100;

    private final RunningJob job;
    private final ScalingLimits limits;
    private final ScalingAdvisor advisor;
    private final Clock clock;
    private final Consumer<ScalingDecision> listener;
    private final Deque<ScalingDecision> decisions = new ArrayDeque<>();

    /** @param listener hears of every decision, in the thread that made it */
    public Autoscaler(RunningJob job, ScalingLimits limits, Clock clock, Consumer<ScalingDecision> listener) {
        this.job = job;
        this.limits = limits;
        this.advisor = new ScalingAdvisor(limits);
        this.clock = clock;
        this.listener = listener;
    }

    /** Looks at the job in every interval until it ends. */
    public void start(ScheduledExecutorService timer) {
        long millis = limits.interval().toMillis();
        var unused = timer.schedule(
                () -> {
                    if (!job.isDone()) {
                        look();
                        start(timer);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Looks at the job once and changes it if that is called for. */
    public void look() {
        Instant now = clock.instant();
        try {
            StageGraph graph = job.stages();
            ScalingDecision decision = advisor.look(now, graph, job.loads(), job.slots());
            if (!decision.changes().isEmpty()) {
                job.rescale(decision.parallelisms());
            }
            tell(decision);
        } catch (LaminarException e) {
            tell(ScalingDecision.none(now, "not possible: " + e.reason()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(ScalingDecision decision) {
        synchronized (decisions) {
            decisions.addLast(decision);
            if (decisions.size() > MEMORY) {
                decisions.removeFirst();
            }
        }
        listener.accept(decision);
    }

    /** The latest decisions, the last one last. */
    public List<ScalingDecision> decisions() {
        synchronized (decisions) {
            return List.copyOf(decisions);
        }
    }
}
