package io.laminar.execution.spill;

import java.util.ArrayList;
import java.util.List;

/**
 * The heap that the state of several operators may take together. An operator may take what the others leave; when
 * there is too little for all, each that can spill has to come down to an equal share of what the others cannot do
 * without. Used by the threads of all of them.
 */
public final class StateMemory {
    /** Of the limit: what operators that can spill get at least, whatever the others take. */
    private static final int LEAST = 16;

    private final long limit;
    private final long most;
    private final List<Share> shares = new ArrayList<>();

    /** @param limit bytes, above which state is spilled, or the job fails where that does not help */
    public StateMemory(long limit) {
        this(limit, limit);
    }

    /** @param most bytes above which an operator whose state cannot be spilled fails */
    public StateMemory(long limit, long most) {
        this.limit = limit;
        this.most = most;
    }

    /** Takes part. */
    public synchronized Share join() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    /** Whether anybody takes part. */
    public synchronized boolean isUsed() {
        return !shares.isEmpty();
    }

    /** What one operator takes. */
    public final class Share implements AutoCloseable {
        private long used;
        private boolean fixed;

        private Share() {}

        /**
         * Says what the operator takes now.
         *
         * @param isFixed whether it cannot do with less
         */
        public void report(long bytes, boolean isFixed) {
            synchronized (StateMemory.this) {
                used = bytes;
                fixed = isFixed;
            }
        }

        /** Bytes that the operator may take now. */
        public long allowed() {
            synchronized (StateMemory.this) {
                long others = 0;
                long fixedOthers = 0;
                int sharing = 1;
                for (Share share : shares) {
                    if (share != this) {
                        others += share.used;
                        fixedOthers += share.fixed ? share.used : 0;
                        sharing += share.fixed ? 0 : 1;
                    }
                }
                long equal = Math.max(limit - fixedOthers, limit / LEAST) / sharing;
                return Math.max(equal, limit - others);
            }
        }

        /** Whether the operators that cannot do with less take too much together. */
        public boolean isTooMuch() {
            synchronized (StateMemory.this) {
                long sum = 0;
                for (Share share : shares) {
                    sum += share.fixed ? share.used : 0;
                }
                return sum > most;
            }
        }

        /** Bytes that one operator may take at most, if it cannot do with less. */
        public long most() {
            return most;
        }

        @Override
        public void close() {
            synchronized (StateMemory.this) {
                shares.remove(this);
            }
        }
    }
}
