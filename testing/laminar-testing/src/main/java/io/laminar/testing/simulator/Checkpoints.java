package io.laminar.testing.simulator;

import io.laminar.execution.snapshot.Reuse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The checkpoints of one attempt: what tasks have written of the current one, and who hears what became of it. */
final class Checkpoints {

    /** What becomes of a checkpoint that all tasks have written. */
    enum Fate {
        KEPT,
        /** Given up; tasks hear of it or not. */
        ABORTED
    }

    private static final int ONE_IN = 4;

    private final Random random;
    private final List<Task> tasks;
    private final Deque<Runnable> news = new ArrayDeque<>();
    private Map<Task, SubtaskState> written = new HashMap<>();
    /** What tasks wrote for the last complete checkpoint. */
    private Map<Task, SubtaskState> retained = new HashMap<>();

    private @Nullable Snapshot completed;
    private long current;
    private Fate fate = Fate.KEPT;
    private Reuse reuse = Reuse.BACKWARD_AND_FORWARD;
    private boolean open;

    Checkpoints(List<Task> tasks, long seed, @Nullable Snapshot restored) {
        this.tasks = tasks;
        this.random = new Random(seed);
        this.completed = restored;
    }

    @Nullable
    Snapshot completed() {
        return completed;
    }

    /** Whether the current checkpoint is neither complete nor given up. */
    boolean isOpen() {
        return open;
    }

    void begin(long id, Fate becomes) {
        current = id;
        fate = becomes;
        reuse = random.nextInt(ONE_IN + 2) == 0
                ? Reuse.NONE
                : random.nextInt(ONE_IN + 2) == 0 ? Reuse.FORWARD : Reuse.BACKWARD_AND_FORWARD;
        written = new HashMap<>();
        open = true;
    }

    /** A barrier has reached a task. */
    void reached(Task task, long id) {
        task.state().freeze(id, reuse);
    }

    /** Writes what tasks have copied to the end; true if the current checkpoint is complete with it. */
    boolean advance() {
        for (Task task : tasks) {
            if (task.state().isFrozen() && !task.state().isCopying()) {
                written.put(task, task.state().write());
            }
        }
        boolean everywhere = open && tasks.stream().allMatch(task -> task.isFinished() || written.containsKey(task));
        if (!everywhere || written.isEmpty()) {
            return false;
        }
        open = false;
        if (fate == Fate.ABORTED) {
            abort();
            return false;
        }
        complete();
        return true;
    }

    private void complete() {
        Map<Integer, List<SubtaskState>> states = new HashMap<>();
        long id = current;
        for (Task task : tasks) {
            SubtaskState state = written.get(task);
            if (state != null) {
                states.computeIfAbsent(task.nodeId, n -> new ArrayList<>()).add(state);
            }
        }
        completed = new Snapshot(id, states);
        written.forEach((task, state) -> {
            task.state().retain(retained.get(task), state);
            tell(() -> task.state().completed(id));
        });
        retained = written;
    }

    private void abort() {
        long id = current;
        written.keySet().forEach(task -> tell(() -> task.state().aborted(id)));
    }

    /** News arrive at once, later, or never. */
    private void tell(Runnable message) {
        switch (random.nextInt(ONE_IN)) {
            case 0 -> {}
            case 1 -> news.add(message);
            default -> message.run();
        }
    }

    /** Lets one of the news that are late arrive, sometimes. */
    void deliver() {
        if (!news.isEmpty() && random.nextInt(ONE_IN) == 0) {
            news.remove().run();
        }
    }
}
