package io.laminar.execution.window;

import io.laminar.plan.node.WindowSpec;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * The windows of a {@link WindowSpec} as runs of panes. Panes cover time without gap or overlap, and no window begins or
 * ends inside one. All times in microseconds, ends exclusive.
 */
public sealed interface WindowFrames {

    /** The start of the pane with this time. */
    long paneStart(long time);

    long paneEnd(long paneStart);

    /** The end of the last window with this pane; no later than its start if no window has it. */
    long lastEnd(long paneStart);

    /** The first end of a window after this time. */
    long nextEnd(long time);

    /** The start of the window with this end. */
    long start(long end);

    /** Whether every window is one pane. */
    boolean singlePane();

    static WindowFrames of(WindowSpec spec) {
        if (spec instanceof WindowSpec.Tumble tumble) {
            return new Sliding(tumble.width(), tumble.width(), tumble.offset());
        } else if (spec instanceof WindowSpec.Hop hop) {
            return new Sliding(hop.slide(), hop.width(), hop.offset());
        } else if (spec instanceof WindowSpec.TumbleMonths months) {
            return new Months(months.months());
        } else if (spec instanceof WindowSpec.Cumulate cumulate) {
            return new Cumulating(cumulate.step(), cumulate.max(), cumulate.offset());
        }
        throw new IllegalArgumentException("no panes: " + spec);
    }

    /**
     * Windows of one width whose starts are {@code slide} apart. Each slide is cut once, where windows end: so there are
     * at most two panes per slide, however width and slide relate ("paired windows", Krishnamurthy, Wu and Franklin).
     */
    record Sliding(long slide, long width, long offset) implements WindowFrames {
        @Override
        public long paneStart(long time) {
            long base = base(time);
            long cut = base + width % slide;
            return time >= cut ? cut : base;
        }

        @Override
        public long paneEnd(long paneStart) {
            long base = base(paneStart);
            long cut = base + width % slide;
            return paneStart >= cut ? base + slide : cut;
        }

        /** The start of the last window that starts by {@code time}. */
        private long base(long time) {
            return offset + Math.floorDiv(time - offset, slide) * slide;
        }

        @Override
        public long lastEnd(long paneStart) {
            return offset + Math.floorDiv(paneStart - offset, slide) * slide + width;
        }

        @Override
        public long nextEnd(long time) {
            long base = offset + width;
            return base + (Math.floorDiv(time - base, slide) + 1) * slide;
        }

        @Override
        public long start(long end) {
            return end - width;
        }

        @Override
        public boolean singlePane() {
            return slide == width;
        }
    }

    /** Calendar windows in UTC, counted from January of year 0. */
    record Months(int months) implements WindowFrames {
        private static final long DAY = 86_400_000_000L;

        @Override
        public long paneStart(long time) {
            LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time, DAY));
            return micros(Math.floorDiv(day.getYear() * 12L + day.getMonthValue() - 1, months) * months);
        }

        @Override
        public long paneEnd(long paneStart) {
            LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(paneStart, DAY));
            return micros(day.getYear() * 12L + day.getMonthValue() - 1 + months);
        }

        private static long micros(long month) {
            return YearMonth.of((int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1)
                            .atDay(1)
                            .atStartOfDay()
                            .toEpochSecond(ZoneOffset.UTC)
                    * 1_000_000L;
        }

        @Override
        public long lastEnd(long paneStart) {
            return paneEnd(paneStart);
        }

        @Override
        public long nextEnd(long time) {
            return paneEnd(paneStart(time));
        }

        @Override
        public long start(long end) {
            return paneStart(end - 1);
        }

        @Override
        public boolean singlePane() {
            return true;
        }
    }

    /** Windows that start every {@code max} and end at every step until the next start. */
    record Cumulating(long step, long max, long offset) implements WindowFrames {
        private long base(long time) {
            return offset + Math.floorDiv(time - offset, max) * max;
        }

        @Override
        public long paneStart(long time) {
            long base = base(time);
            return base + (time - base) / step * step;
        }

        @Override
        public long paneEnd(long paneStart) {
            return nextEnd(paneStart);
        }

        @Override
        public long lastEnd(long paneStart) {
            return base(paneStart) + max;
        }

        @Override
        public long nextEnd(long time) {
            long base = base(time);
            return Math.min(base + ((time - base) / step + 1) * step, base + max);
        }

        @Override
        public long start(long end) {
            return base(end - 1);
        }

        @Override
        public boolean singlePane() {
            return step >= max;
        }
    }
}
