package io.laminar.server.job;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What is done with one job in the background: one step after the other. */
final class Steps {
    private final Executor executor;
    private final Consumer<RuntimeException> broken;
    private final Queue<Step> waiting = new ArrayDeque<>();
    private boolean busy;

    interface Step {
        void run() throws InterruptedException;
    }

    /** @param broken hears of what a step throws */
    Steps(Executor executor, Consumer<RuntimeException> broken) {
        this.executor = executor;
        this.broken = broken;
    }

    /** Does something when everything that was added before is done. */
    void add(Step step) {
        synchronized (this) {
            waiting.add(step);
            if (busy) {
                return;
            }
            busy = true;
        }
        executor.execute(this::work);
    }

    /** Does something at once, beside the steps. */
    void beside(Step step) {
        executor.execute(() -> run(step));
    }

    private void work() {
        while (true) {
            Step step;
            synchronized (this) {
                step = waiting.poll();
                if (step == null) {
                    busy = false;
                    return;
                }
            }
            run(step);
        }
    }

    private void run(Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            broken.accept(e);
        }
    }
}
