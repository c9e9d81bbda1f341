package io.laminar.execution.function;

import io.laminar.execution.function.RegexNode.Edge;
import io.laminar.execution.function.RegexNode.Sequence;
import io.laminar.execution.function.RegexNode.Text;
import java.util.Arrays;
import java.util.Optional;

/**
 * Runs a regular expression right on UTF-8 bytes, by backtracking within a budget of steps: whoever exceeds it is to be
 * run by an engine whose time is bounded. Finds the leftmost match, preferring earlier alternatives, as Perl does.
 * A search starts where a text that every match contains has been found. Belongs to one thread.
 */
final class ByteRegex {
    /** What {@link #find} answers. */
    static final int NONE = 0;

    static final int FOUND = 1;
    static final int OVER_BUDGET = 2;

    private static final int STEPS = 20_000;
    private static final int STEPS_PER_BYTE = 64;

    private static final int BRANCH = 0;
    private static final int RESTORE = 1;
    private static final int RANGE = 2;

    private final int[] code;
    private final byte[][] texts;
    private final RegexNode.Set[] sets;
    private final boolean anchored;
    /** A text that is part of every match, and how far from the match's start at most. */
    private final byte[] required;

    private final int requiredWithin;
    private final int[] captures;
    private int[] stack = new int[64];
    private long budget;

    private ByteRegex(RegexProgram program, RegexNode node, int groups) {
        this.code = program.code();
        this.texts = program.texts();
        this.sets = program.sets();
        this.captures = new int[2 * groups + 2];
        byte[] longest = {};
        int within = 0;
        int before = 0;
        boolean startsAtEdge = false;
        if (node instanceof Sequence sequence) {
            startsAtEdge = !sequence.parts().isEmpty() && sequence.parts().get(0) == Edge.START;
            for (RegexNode part : sequence.parts()) {
                if (part instanceof Text text && text.bytes().length > longest.length) {
                    longest = text.bytes();
                    within = before;
                }
                before = (int) Math.min((long) before + part.longest(), Integer.MAX_VALUE);
            }
        }
        this.anchored = startsAtEdge;
        this.required = longest;
        this.requiredWithin = within;
    }

    static Optional<ByteRegex> compile(String pattern, boolean ignoreCase, boolean dotTakesLines) {
        return RegexParser.parse(pattern, ignoreCase, dotTakesLines).flatMap(parsed -> RegexProgram.of(parsed.node())
                .map(program -> new ByteRegex(program, parsed.node(), parsed.captures())));
    }

    /** Searches in {@code [from, to)} for a match that starts at {@code at} or later. */
    int find(byte[] bytes, int from, int to, int at) {
        int start = at;
        if (required.length > 0) {
            int found = Utf8.find(bytes, at, to, required, 0, required.length);
            if (found < 0) {
                return NONE;
            }
            start = requiredWithin >= found - at ? at : found - requiredWithin;
        }
        budget = STEPS + (long) STEPS_PER_BYTE * (to - from);
        if (anchored) {
            return start == from ? match(bytes, from, to, from) : NONE;
        }
        while (start <= to) {
            int outcome = start < to && Utf8.isContinuation(bytes[start]) ? NONE : match(bytes, from, to, start);
            if (outcome != NONE) {
                return outcome;
            }
            start++;
        }
        return NONE;
    }

    /** Where a group's capture starts after a match; -1 if it took no part. Group 0 is the whole match. */
    int start(int group) {
        return captures[2 * group];
    }

    int end(int group) {
        return captures[2 * group + 1];
    }

    private int match(byte[] bytes, int from, int to, int start) {
        Arrays.fill(captures, -1);
        int pc = 0;
        int at = start;
        int depth = 0;
        while (true) {
            boolean fits = true;
            int operand = code[pc + 1];
            switch (code[pc]) {
                case RegexProgram.BYTE -> {
                    fits = at < to && bytes[at] == operand;
                    at++;
                }
                case RegexProgram.TEXT -> {
                    byte[] text = texts[operand];
                    fits = to - at >= text.length && Utf8.matches(bytes, at, text, 0, text.length);
                    at += text.length;
                }
                case RegexProgram.SET -> {
                    fits = at < to;
                    if (fits) {
                        byte c = bytes[at];
                        RegexNode.Set set = sets[operand];
                        fits = c >= 0 ? set.holds(c) : set.beyond();
                        at = c >= 0 ? at + 1 : Utf8.next(bytes, at, to);
                    }
                }
                case RegexProgram.RUN -> {
                    int end = run(sets[operand], bytes, at, to);
                    if (end > at) {
                        depth = push(depth, RANGE, pc + 3, at, end);
                    }
                    at = end;
                }
                case RegexProgram.SPLIT -> {
                    depth = push(depth, BRANCH, code[pc + 2] * 3, at, 0);
                    pc = operand * 3 - 3;
                }
                case RegexProgram.JUMP -> pc = operand * 3 - 3;
                case RegexProgram.SAVE -> {
                    depth = push(depth, RESTORE, operand, captures[operand], 0);
                    captures[operand] = at;
                }
                case RegexProgram.START -> fits = at == from;
                case RegexProgram.END -> fits = at == to;
                case RegexProgram.WORD -> fits = isWordEdge(bytes, from, to, at);
                case RegexProgram.NO_WORD -> fits = !isWordEdge(bytes, from, to, at);
                default -> {
                    captures[0] = start;
                    captures[1] = at;
                    return FOUND;
                }
            }
            if (fits) {
                pc += 3;
                continue;
            }
            if (--budget < 0) {
                return OVER_BUDGET;
            }
            while (depth > 0 && stack[depth - 4] == RESTORE) {
                depth -= 4;
                captures[stack[depth + 1]] = stack[depth + 2];
            }
            if (depth == 0) {
                return NONE;
            }
            pc = stack[depth - 3];
            if (stack[depth - 4] == BRANCH) {
                at = stack[depth - 2];
                depth -= 4;
            } else {
                at = Utf8.skipBack(bytes, stack[depth - 2], stack[depth - 1], 1);
                stack[depth - 1] = at;
                depth = at == stack[depth - 2] ? depth - 4 : depth;
            }
        }
    }

    private static int run(RegexNode.Set set, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte c = bytes[at];
            if (c >= 0) {
                if (!set.holds(c)) {
                    return at;
                }
                at++;
            } else {
                if (!set.beyond()) {
                    return at;
                }
                at = Utf8.next(bytes, at, to);
            }
        }
        return at;
    }

    private int push(int depth, int kind, int first, int second, int third) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth] = kind;
        stack[depth + 1] = first;
        stack[depth + 2] = second;
        stack[depth + 3] = third;
        return depth + 4;
    }

    private static boolean isWordEdge(byte[] bytes, int from, int to, int at) {
        boolean before = at > from && isWord(bytes[at - 1]);
        boolean behind = at < to && isWord(bytes[at]);
        return before != behind;
    }

    private static boolean isWord(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
