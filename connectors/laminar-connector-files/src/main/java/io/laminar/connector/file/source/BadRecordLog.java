package io.laminar.connector.file.source;

import io.laminar.connector.DeadLetters;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.table.BadDataPolicy;
import java.io.IOException;
import java.time.Clock;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** What happens to the bad records of one file. */
final class BadRecordLog implements BadRecords {
    private static final long MICROS_PER_MILLI = 1_000;

    private final String file;
    private final BadDataPolicy policy;
    private final Counter counter;
    private final @Nullable LineCounter lines;
    private final Clock clock;
    private final DeadLetters letters = new DeadLetters();

    /** The offset in the file of the buffer's first byte. */
    private long bufferOffset;

    private long known;

    /** @param lines null where the file has none */
    BadRecordLog(String file, BadDataPolicy policy, Counter counter, @Nullable LineCounter lines, Clock clock) {
        this.file = file;
        this.policy = policy;
        this.counter = counter;
        this.lines = lines;
        this.clock = clock;
    }

    /** Faults of records before an offset have been told already, before a failure. */
    void knownBefore(long offset) {
        known = offset;
    }

    long knownBefore() {
        return known;
    }

    void bufferAt(long offset) {
        bufferOffset = offset;
    }

    @Override
    public void report(byte[] buffer, int from, int to, LaminarException reason) {
        if (bufferOffset + from < known) {
            return;
        }
        counter.inc();
        if (policy == BadDataPolicy.DROP) {
            return;
        }
        Place.Data place = place(bufferOffset + from);
        if (policy == BadDataPolicy.FAIL) {
            throw reason.at(place)
                    .withHint("bad_data = 'drop' leaves such records out, bad_data = 'dead_letter' keeps them apart");
        }
        letters.add(place, reason, buffer, from, to, clock.millis() * MICROS_PER_MILLI);
    }

    private Place.Data place(long offset) {
        try {
            return new Place.Data(file, lines == null ? 0 : lines.lineAt(offset), offset);
        } catch (IOException unreadable) {
            throw new LaminarException(
                    ErrorCode.FILE_UNREADABLE,
                    file + " cannot be read again to count its lines: " + unreadable.getMessage(),
                    null,
                    null,
                    unreadable);
        }
    }

    DeadLetters letters() {
        return letters;
    }
}
