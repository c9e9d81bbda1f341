package io.laminar.server.api;

import java.util.List;

/**
 * Rows that a job has shown.
 *
 * @param missed rows that were dropped before they were read
 * @param next what to give as {@code after} for the rows that follow
 * @param ended whether no more will come
 */
public record OutputPage(List<OutputTable> tables, List<OutputRow> rows, long missed, long next, boolean ended) {}
