package io.laminar.connector.kafka.source;

import io.laminar.spi.batch.Batch;
import java.util.List;

/**
 * Records of one partition, decoded.
 *
 * @param batches rows, and records that could not be decoded; they are emitted together, so a checkpoint has all of them
 *     or none
 * @param next the offset of the first record after these
 */
record Portion(List<Batch> batches, long next) {
    Portion {
        batches = List.copyOf(batches);
    }
}
