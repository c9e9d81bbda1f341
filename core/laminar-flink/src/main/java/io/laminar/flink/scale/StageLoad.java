package io.laminar.flink.scale;

/**
 * How busy the subtasks of a stage have been lately, on average.
 *
 * @param busy share of the time with work to do, 0 to 1
 * @param backpressured share of the time spent waiting for stages behind it, 0 to 1
 * @param rowsPerSecond rows that come in, over all subtasks; of a source, rows it reads
 * @param backlog records that wait in the outside system; negative if that is not known
 */
public record StageLoad(double busy, double backpressured, double rowsPerSecond, long backlog) {}
