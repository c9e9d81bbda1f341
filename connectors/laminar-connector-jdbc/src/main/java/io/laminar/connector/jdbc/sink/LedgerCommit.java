package io.laminar.connector.jdbc.sink;

import java.util.List;

/**
 * The rows of one writer between two checkpoints, on their way through the checkpoint.
 *
 * @param writer who collected them
 * @param number the how-manieth commit of this writer it is
 * @param formerWriters those whom the writer replaced; once this is committed, nobody asks for their commits
 * @param parts encoded changes, in order
 */
public record LedgerCommit(String writer, long number, List<String> formerWriters, List<byte[]> parts) {}
