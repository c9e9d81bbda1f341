package io.laminar.connector.kafka.source;

import io.laminar.connector.DeadLetters;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.table.BadDataPolicy;
import java.time.Clock;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.TopicPartition;

/** What happens to the bad records of a reader. */
final class BadRecordLog implements BadRecords {
    /** Name of the counter of records that could not be decoded. */
    static final String BAD_RECORDS = "bad_records";

    private static final long MICROS_PER_MILLI = 1_000;

    private final BadDataPolicy policy;
    private final Counter counter;
    private final Clock clock;
    private final DeadLetters letters = new DeadLetters();
    private TopicPartition partition = new TopicPartition("", 0);
    private long offset;

    BadRecordLog(BadDataPolicy policy, Counter counter, Clock clock) {
        this.policy = policy;
        this.counter = counter;
        this.clock = clock;
    }

    /** Says which record is decoded now. */
    void at(TopicPartition current, long currentOffset) {
        partition = current;
        offset = currentOffset;
    }

    @Override
    public void report(byte[] buffer, int from, int to, LaminarException reason) {
        counter.inc();
        if (policy == BadDataPolicy.DROP) {
            return;
        }
        Place.Data place = new Place.Data(partition.topic() + "/" + partition.partition(), 0, offset);
        if (policy == BadDataPolicy.FAIL) {
            throw reason.at(place)
                    .withHint("bad_data = 'drop' leaves such records out, bad_data = 'dead_letter' keeps them apart");
        }
        letters.add(place, reason, buffer, from, to, clock.millis() * MICROS_PER_MILLI);
    }

    DeadLetters letters() {
        return letters;
    }
}
