package io.laminar.execution.key;

/** From the hash of a key to its key group, and from there to a subtask. */
public final class KeyGroups {

    private KeyGroups() {}

    /**
     * The key group of a hash made by {@link KeyHasher}. Takes the upper bits, hash tables take the lower ones: so keys
     * of one key group still spread over a table.
     */
    public static int keyGroup(long hash, int maxParallelism) {
        return (int) (((hash >>> 32) * maxParallelism) >>> 32);
    }

    /** The key group of rows that are grouped by no column. */
    public static int withoutKey(int maxParallelism) {
        return keyGroup(KeyHasher.start(), maxParallelism);
    }

    /** The subtask that owns a key group; the same rule as Flink's. */
    public static int subtask(int keyGroup, int parallelism, int maxParallelism) {
        return keyGroup * parallelism / maxParallelism;
    }
}
