package io.laminar.execution.function;

import java.util.List;

/** A regular expression taken apart, as far as {@link ByteRegex} runs it. */
sealed interface RegexNode {

    /** Whether it matches without taking a byte. */
    boolean matchesEmpty();

    /** The most bytes it takes; {@link Integer#MAX_VALUE} if there is no bound. */
    int longest();

    /** Bytes as they are. */
    record Text(byte[] bytes) implements RegexNode {
        @Override
        public boolean matchesEmpty() {
            return bytes.length == 0;
        }

        @Override
        public int longest() {
            return bytes.length;
        }
    }

    /**
     * One character out of a set.
     *
     * @param low the characters 0 to 63 as bits
     * @param high the characters 64 to 127
     * @param beyond whether all characters beyond ASCII belong to it, or none
     */
    record Set(long low, long high, boolean beyond) implements RegexNode {
        boolean holds(byte ascii) {
            return ((ascii < 64 ? low : high) >>> ascii & 1) != 0;
        }

        @Override
        public boolean matchesEmpty() {
            return false;
        }

        @Override
        public int longest() {
            return beyond ? 4 : 1;
        }
    }

    record Sequence(List<RegexNode> parts) implements RegexNode {
        @Override
        public boolean matchesEmpty() {
            return parts.stream().allMatch(RegexNode::matchesEmpty);
        }

        @Override
        public int longest() {
            long sum = parts.stream().mapToLong(RegexNode::longest).sum();
            return (int) Math.min(sum, Integer.MAX_VALUE);
        }
    }

    /** The first that leads to a match. */
    record Choice(List<RegexNode> options) implements RegexNode {
        @Override
        public boolean matchesEmpty() {
            return options.stream().anyMatch(RegexNode::matchesEmpty);
        }

        @Override
        public int longest() {
            return options.stream().mapToInt(RegexNode::longest).max().orElse(0);
        }
    }

    /** @param most -1 for any number */
    record Repeat(RegexNode body, int least, int most, boolean greedy) implements RegexNode {
        @Override
        public boolean matchesEmpty() {
            return least == 0 || body.matchesEmpty();
        }

        @Override
        public int longest() {
            return most < 0 ? Integer.MAX_VALUE : (int) Math.min((long) most * body.longest(), Integer.MAX_VALUE);
        }
    }

    /** @param number of the capture, from 1 */
    record Capture(RegexNode body, int number) implements RegexNode {
        @Override
        public boolean matchesEmpty() {
            return body.matchesEmpty();
        }

        @Override
        public int longest() {
            return body.longest();
        }
    }

    /** A place rather than a character. */
    enum Edge implements RegexNode {
        START,
        END,
        WORD,
        NO_WORD;

        @Override
        public boolean matchesEmpty() {
            return true;
        }

        @Override
        public int longest() {
            return 0;
        }
    }
}
