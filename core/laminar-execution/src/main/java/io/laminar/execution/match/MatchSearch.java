package io.laminar.execution.match;

import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchSkip;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Finds matches in the rows of partitions. One search at a time goes on in a partition: all threads of a pattern go
 * through the rows in step, in order of preference; when one has a match, those behind it are given up. So a row is
 * looked at once per search, and the match is the one backtracking would find.
 *
 * <p>Threads of which one can take the place of the other are one, unless conditions look at what they have matched.
 */
final class MatchSearch {
    /** Given matches. */
    interface Matches {
        /** @param entry the last one of the match; {@link MatchPartition#EMPTY} if it has no rows */
        void found(MatchPartition partition, int entry);
    }

    private final MatchNode node;
    private final PatternProgram program;
    private final MatchHistory history;
    private final HistoryConditions conditions;
    private final RowStore store;
    private final Matches matches;
    private final int ahead;

    /** Times at which instructions have been reached, and the present one. */
    private final int[] seen;

    private int round;
    /** The same for instructions inside of repetitions that have no row yet: with which repetitions, and when. */
    private final long[][] seenInside;

    private final int[][] insideRounds;
    /** Whether a match has been found and the threads behind are given up. */
    private boolean cut;
    /** Threads of the next row. */
    private int[] instructions = new int[8];

    private int[] entries = new int[8];
    private int threads;

    private boolean ended;
    private long watermark;
    private long before;

    MatchSearch(MatchNode node, MatchHistory history, HistoryConditions conditions, RowStore store, Matches matches) {
        this.node = node;
        this.program = new PatternProgram(node.pattern());
        this.history = history;
        this.conditions = conditions;
        this.store = store;
        this.matches = matches;
        this.ahead = Math.max(
                node.measures().ahead(),
                node.conditions().stream()
                        .mapToInt(condition -> condition.ahead())
                        .max()
                        .orElse(0));
        this.seen = new int[program.size()];
        this.seenInside = new long[program.size()][0];
        this.insideRounds = new int[program.size()][0];
    }

    /** Begins a round: all rows up to a watermark are there. */
    void begin(long newWatermark, long oldWatermark) {
        watermark = newWatermark;
        before = oldWatermark;
        ended = newWatermark == Long.MAX_VALUE;
    }

    /** The number behind the last row that can be looked at: rows behind it that are asked for must be there. */
    long ready(MatchPartition partition) {
        if (ended) {
            return partition.end();
        }
        return node.atEnd() ? partition.start : Math.max(partition.start, partition.end() - ahead);
    }

    /**
     * Goes on in a partition.
     *
     * @return whether it waits for answers of {@link HistoryConditions}
     */
    boolean advance(MatchPartition partition) {
        if (partition.waiting) {
            partition.waiting = false;
            decide(partition);
        }
        while (partition.open || open(partition)) {
            long ready = ready(partition);
            while (partition.threads > 0 && partition.next < ready) {
                if (isBeyond(partition, partition.next)) {
                    expire(partition);
                } else if (consume(partition)) {
                    return true;
                }
            }
            if (partition.threads > 0 && !ends(partition)) {
                return false;
            }
            close(partition);
        }
        return false;
    }

    // Begin and end of a search -------------------------------------------------------------------------------------

    /** Begins a search at the next row where one may succeed. */
    private boolean open(MatchPartition partition) {
        long ready = ready(partition);
        if (node.atStart() && partition.start > 0) {
            partition.start = ready;
        }
        while (partition.start < ready
                && !program.acceptsNothing()
                && (partition.variables(partition.start) & program.startVariables()) == 0) {
            partition.start = node.atStart() ? ready : partition.start + 1;
        }
        if (partition.start >= ready) {
            return false;
        }
        partition.open = true;
        partition.next = partition.start;
        partition.best = MatchPartition.NOTHING;
        certainAt(partition, partition.start);
        startRound();
        follow(partition, 0, MatchHistory.NONE, partition.start, 0);
        takeThreads(partition);
        return true;
    }

    /** What is decided by looking at a row is certain at its time, or that of the last row behind it that is asked for. */
    private void certainAt(MatchPartition partition, long row) {
        long last = Math.min(row + ahead, partition.end() - 1);
        partition.decided = Math.max(partition.decided, store.time(partition.handle(last)));
    }

    private long deadline(MatchPartition partition) {
        return store.time(partition.handle(partition.start)) + node.within();
    }

    /** Whether a row comes too late for the match. */
    private boolean isBeyond(MatchPartition partition, long row) {
        return node.within() > 0 && store.time(partition.handle(row)) >= deadline(partition);
    }

    private void expire(MatchPartition partition) {
        partition.decided = Math.max(partition.decided, deadline(partition) - 1);
        dropThreads(partition);
    }

    private void dropThreads(MatchPartition partition) {
        for (int t = 0; t < partition.threads; t++) {
            history.release(partition.entries[t], partition);
        }
        partition.threads = 0;
    }

    /** Whether no row will come that the threads could take; then they are given up. */
    private boolean ends(MatchPartition partition) {
        if (ended) {
            certainAt(partition, partition.end() - 1);
            dropThreads(partition);
            return true;
        }
        boolean over = partition.next < partition.end()
                ? isBeyond(partition, partition.next)
                : node.within() > 0 && deadline(partition) - 1 <= watermark;
        if (!over) {
            return false;
        }
        expire(partition);
        return true;
    }

    /** When a search that waits can be given up although no row comes; {@link Long#MAX_VALUE} for never. */
    long timer(MatchPartition partition) {
        return partition.open && node.within() > 0 ? deadline(partition) - 1 : Long.MAX_VALUE;
    }

    private void close(MatchPartition partition) {
        partition.open = false;
        if (partition.best == MatchPartition.NOTHING) {
            partition.start++;
            return;
        }
        partition.matches++;
        if (ended && before != Long.MIN_VALUE) {
            // Only the end made it certain, after all that has been passed on.
            partition.decided = Math.max(partition.decided, before + 1);
        }
        matches.found(partition, partition.best);
        long skip = skip(partition);
        history.release(partition.best, partition);
        partition.best = MatchPartition.NOTHING;
        partition.start += skip;
    }

    /** How many rows behind the first one the next search begins. */
    private long skip(MatchPartition partition) {
        int last = partition.best;
        if (last == MatchPartition.EMPTY || node.skip().kind() == MatchSkip.Kind.TO_NEXT_ROW) {
            return 1;
        }
        if (node.skip().kind() == MatchSkip.Kind.PAST_LAST_ROW) {
            return history.length(last);
        }
        boolean toFirst = node.skip().kind() == MatchSkip.Kind.TO_FIRST;
        int target = MatchHistory.NONE;
        for (int at = last; at >= 0 && (toFirst || target < 0); at = history.parent(at)) {
            if ((node.skip().variables() >>> history.variable(at) & 1) != 0) {
                target = history.row(at);
            }
        }
        if (target <= 0) {
            throw new LaminarException(
                    ErrorCode.INVALID_PATTERN,
                    "AFTER MATCH SKIP TO " + (toFirst ? "FIRST " : "LAST ")
                            + names(node.skip().variables())
                            + (target < 0
                                    ? ": no row of the match is matched to it"
                                    : " would find the same match again: it is the first row of the match")
                            + at(partition),
                    target < 0
                            ? "skip to a variable that every match has, or AFTER MATCH SKIP TO NEXT ROW"
                            : "AFTER MATCH SKIP TO NEXT ROW");
        }
        return target;
    }

    private String names(long variables) {
        StringBuilder names = new StringBuilder();
        for (int v = 0; v < node.variables().size(); v++) {
            if ((variables >>> v & 1) != 0) {
                names.append(names.isEmpty() ? "" : " or ")
                        .append(node.variables().get(v));
            }
        }
        return names.toString();
    }

    private String at(MatchPartition partition) {
        return " (it begins at " + Instant.EPOCH.plus(store.time(partition.handle(partition.start)), ChronoUnit.MICROS)
                + ")";
    }

    // Threads -------------------------------------------------------------------------------------------------------

    private void startRound() {
        threads = 0;
        cut = false;
        nextRound();
    }

    private void nextRound() {
        if (++round < 0) {
            Arrays.fill(seen, 0);
            for (int[] rounds : insideRounds) {
                Arrays.fill(rounds, 0);
            }
            round = 1;
        }
    }

    private void takeThreads(MatchPartition partition) {
        partition.reserveThreads(threads);
        System.arraycopy(instructions, 0, partition.instructions, 0, threads);
        System.arraycopy(entries, 0, partition.entries, 0, threads);
        partition.threads = threads;
    }

    /**
     * Goes from an instruction to those that take rows.
     *
     * @param position number of the row that comes next
     * @param without repetitions that have begun and have no row yet, by depth as bits
     */
    private void follow(MatchPartition partition, int from, int entry, long position, long without) {
        int at = from;
        long inside = without;
        while (!cut && visit(at, inside)) {
            switch (program.operation(at)) {
                case PatternProgram.SPLIT -> {
                    follow(partition, program.first(at), entry, position, inside);
                    at = program.second(at);
                }
                case PatternProgram.JUMP -> at = program.first(at);
                case PatternProgram.ENTER -> {
                    inside |= 1L << program.first(at);
                    at++;
                }
                case PatternProgram.LEAVE -> {
                    if ((inside >>> program.first(at) & 1) != 0) {
                        return;
                    }
                    at++;
                }
                case PatternProgram.ACCEPT -> {
                    accept(partition, entry, position);
                    return;
                }
                default -> {
                    addThread(at, entry);
                    return;
                }
            }
        }
    }

    /**
     * Whether an instruction is reached for the first time in this round. What repetitions it is reached in makes no
     * difference once a row is taken.
     */
    private boolean visit(int at, long inside) {
        int operation = program.operation(at);
        if (inside == 0 || operation >= 0 || operation == PatternProgram.ACCEPT) {
            boolean first = seen[at] != round;
            seen[at] = round;
            return first;
        }
        long[] known = seenInside[at];
        int[] rounds = insideRounds[at];
        for (int i = 0; i < known.length; i++) {
            if (known[i] == inside) {
                boolean first = rounds[i] != round;
                rounds[i] = round;
                return first;
            }
        }
        seenInside[at] = Arrays.copyOf(known, known.length + 1);
        seenInside[at][known.length] = inside;
        insideRounds[at] = Arrays.copyOf(rounds, rounds.length + 1);
        insideRounds[at][rounds.length] = round;
        return true;
    }

    private void addThread(int instruction, int entry) {
        if (threads == instructions.length) {
            instructions = Arrays.copyOf(instructions, threads * 2);
            entries = Arrays.copyOf(entries, threads * 2);
        }
        instructions[threads] = instruction;
        entries[threads++] = entry;
        history.hold(entry);
    }

    private void accept(MatchPartition partition, int entry, long position) {
        if (node.atEnd() && position < partition.end()) {
            return;
        }
        history.hold(entry);
        history.release(partition.best, partition);
        partition.best = entry;
        cut = true;
    }

    /**
     * Lets all threads take the next row that can.
     *
     * @return whether conditions have to be asked first
     */
    private boolean consume(MatchPartition partition) {
        certainAt(partition, partition.next);
        if (partition.next - partition.start + partition.held > node.limit()) {
            throw tooMuch(partition);
        }
        if (conditions.areAsked()) {
            if (ask(partition)) {
                return true;
            }
            decide(partition);
            return false;
        }
        long variables = partition.variables(partition.next);
        startRound();
        for (int t = 0; t < partition.threads; t++) {
            int at = partition.instructions[t];
            int variable = program.operation(at);
            if (!cut && (variables >>> variable & 1) != 0 && seen[at + 1] != round) {
                int entry = history.add(partition.entries[t], variable, program.isExcluded(at), partition);
                follow(partition, at + 1, entry, partition.next + 1, 0);
                history.release(entry, partition);
            }
            history.release(partition.entries[t], partition);
        }
        partition.next++;
        takeThreads(partition);
        return false;
    }

    /** @return whether any thread could take the row */
    private boolean ask(MatchPartition partition) {
        boolean any = false;
        long variables = partition.variables(partition.next);
        partition.reserveCandidates(partition.threads);
        for (int t = 0; t < partition.threads; t++) {
            int at = partition.instructions[t];
            int variable = program.operation(at);
            boolean possible = (variables >>> variable & 1) != 0;
            any |= possible;
            partition.candidates[t] = possible
                    ? history.add(partition.entries[t], variable, program.isExcluded(at), partition)
                    : MatchHistory.NONE;
            partition.questions[t] = possible ? conditions.ask(partition, partition.candidates[t]) : 0;
        }
        partition.waiting = any;
        return any;
    }

    /** Goes on with the answers to {@link #ask}. Histories differ, so no thread stands for another one. */
    private void decide(MatchPartition partition) {
        startRound();
        for (int t = 0; t < partition.threads; t++) {
            int entry = partition.candidates[t];
            if (entry >= 0) {
                if (!cut && conditions.answer(history.variable(entry), partition.questions[t])) {
                    nextRound();
                    follow(partition, partition.instructions[t] + 1, entry, partition.next + 1, 0);
                }
                history.release(entry, partition);
            }
            history.release(partition.entries[t], partition);
        }
        partition.next++;
        takeThreads(partition);
    }

    private LaminarException tooMuch(MatchPartition partition) {
        return new LaminarException(
                ErrorCode.LIMIT_EXCEEDED,
                "a match" + at(partition) + " is not decided after " + (partition.next - partition.start)
                        + " rows, with " + partition.held + " partial matches, more than match_limit = " + node.limit(),
                node.within() > 0
                        ? "shorten WITHIN, make the pattern more definite, or SET match_limit"
                        : "say how long a match may take: PATTERN (...) WITHIN INTERVAL '1' HOUR; or SET match_limit");
    }
}
