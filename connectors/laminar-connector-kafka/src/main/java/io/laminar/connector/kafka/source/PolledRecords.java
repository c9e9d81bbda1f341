package io.laminar.connector.kafka.source;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The records of one partition that a poll gave, as they are, and how many of them have been decoded. */
final class PolledRecords {
    private final TopicPartition partition;
    private final List<ConsumerRecord<ByteBuffer, ByteBuffer>> records;
    private final long end;
    private final long arrival;
    private int taken;

    /**
     * @param records in the order of their offsets; at least one
     * @param stop the first offset that is not read any more
     * @param arrival microseconds, the time of records that have none
     */
    PolledRecords(
            TopicPartition partition, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long stop, long arrival) {
        this.partition = partition;
        this.records = records;
        this.end = Math.min(stop, records.get(records.size() - 1).offset() + 1);
        this.arrival = arrival;
    }

    TopicPartition partition() {
        return partition;
    }

    /** The offset of the first record after these. */
    long end() {
        return end;
    }

    long arrival() {
        return arrival;
    }

    /** Whether there is a record that has not been taken. */
    boolean hasNext() {
        return taken < records.size() && records.get(taken).offset() < end;
    }

    /** The record that is taken next. */
    ConsumerRecord<ByteBuffer, ByteBuffer> peek() {
        return records.get(taken);
    }

    void take() {
        taken++;
    }

    /** Bytes of the values of records not taken, up to {@code most}. */
    int bytes(int most) {
        int bytes = 0;
        for (int i = taken; i < records.size() && bytes < most; i++) {
            bytes = (int)
                    Math.min(most, (long) bytes + Math.max(0, records.get(i).serializedValueSize()));
        }
        return bytes;
    }
}
