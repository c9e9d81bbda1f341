package io.laminar.benchmark.nexmark;

/**
 * A query in both dialects.
 *
 * @param laminar SELECT over the view {@code bid}
 * @param flink the same over Flink's view of that name
 */
public record NexmarkQuery(String name, String what, String laminar, String flink) {}
