package io.laminar.server.api;

import java.util.List;

/**
 * A row that a job has shown.
 *
 * @param number from 1, without gaps
 * @param kind {@code +I}, {@code -U}, {@code +U} or {@code -D}
 * @param values in the order of the columns
 */
public record OutputRow(long number, String table, String kind, List<Object> values) {}
