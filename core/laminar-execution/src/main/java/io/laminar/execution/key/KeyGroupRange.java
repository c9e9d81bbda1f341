package io.laminar.execution.key;

/** The key groups {@code first} to {@code last}, both included. */
public record KeyGroupRange(int first, int last) {
    public boolean contains(int keyGroup) {
        return keyGroup >= first && keyGroup <= last;
    }

    public int size() {
        return last - first + 1;
    }

    /** The range of a subtask; the same split of key groups that Flink makes. */
    public static KeyGroupRange of(int subtask, int parallelism, int maxParallelism) {
        int first = (subtask * maxParallelism + parallelism - 1) / parallelism;
        int last = ((subtask + 1) * maxParallelism - 1) / parallelism;
        return new KeyGroupRange(first, last);
    }
}
