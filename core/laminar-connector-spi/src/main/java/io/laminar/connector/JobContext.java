package io.laminar.connector;

import java.time.Duration;

/**
 * What a connector may know of the job that reads or writes a table.
 *
 * @param name names this use of the table, for what the outside system keeps on behalf of the job (transactions, consumer
 *     groups): letters, digits and hyphens; the same whenever the job goes on from its state, another one in any other job
 * @param checkpointInterval time between the starts of two checkpoints
 */
public record JobContext(String name, Duration checkpointInterval) {}
