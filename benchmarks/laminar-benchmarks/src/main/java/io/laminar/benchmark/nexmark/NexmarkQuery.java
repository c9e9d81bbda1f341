package io.laminar.benchmark.nexmark;

/**
 * A query in both dialects.
 *
 * @param laminar SELECT over the view {@code bid}
 * @param flink the same over Flink's view of that name
 * @param appends whether the result only appends and does not depend on the machine's clock, so that both engines must
 *     give the same number of rows
 */
public record NexmarkQuery(String name, String what, String laminar, String flink, boolean appends) {}
