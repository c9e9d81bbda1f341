package io.laminar.benchmark.roofline;

import io.laminar.benchmark.BidLines;
import io.laminar.benchmark.Samples;
import io.laminar.benchmark.nexmark.NexmarkEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The comparisons with loops written by hand. */
public final class Rooflines {
    private static final int EVENTS = 500_000;

    /** One comparison. */
    public interface Case {
        String name();

        /** Measures in pairs of runs of at least {@code seconds} each. */
        Samples measure(int pairs, double seconds);
    }

    private record Named(String name, String what, String unit, Sides sides) implements Case {
        @Override
        public Samples measure(int pairs, double seconds) {
            Workload[] both = sides.make();
            return Comparison.of(name, what, unit, both[0], both[1], pairs, seconds);
        }
    }

    /** Makes Laminar's side and the loop's; only when they are measured. */
    private interface Sides {
        Workload[] make();
    }

    public static final List<Case> ALL = List.of(
            new Named("roofline_filter", "scan, filter, two columns out", "rows", Rooflines::filter),
            new Named("roofline_aggregate", "count and max of 10,000 keys", "rows", Rooflines::aggregate),
            new Named("roofline_json", "JSON lines to 4 of 6 columns", "bytes", Rooflines::json),
            new Named("avro_decode", "Avro datums to 6 columns, beside GenericDatumReader", "rows", Rooflines::avro),
            new Named(
                    "protobuf_decode",
                    "Protobuf messages to 6 columns, beside DynamicMessage",
                    "rows",
                    Rooflines::protobuf));

    private Rooflines() {}

    private static Workload[] filter() {
        BidColumns bids = BidColumns.of(NexmarkEvents.batches(EVENTS));
        return new Workload[] {new OperatorWorkloads.Filter(bids), new LoopWorkloads.Filter(bids)};
    }

    private static Workload[] aggregate() {
        BidColumns bids = BidColumns.of(NexmarkEvents.batches(EVENTS)).withKeysBelow(10_000);
        return new Workload[] {new OperatorWorkloads.Aggregate(bids), new LoopWorkloads.Aggregate(bids)};
    }

    private static Workload[] avro() {
        BidRecords records = BidRecords.avro(NexmarkEvents.batches(EVENTS / 5));
        return new Workload[] {RecordWorkloads.Decoder.avro(records), new RecordWorkloads.AvroLibrary(records)};
    }

    private static Workload[] protobuf() {
        BidRecords records = BidRecords.protobuf(NexmarkEvents.batches(EVENTS / 5));
        return new Workload[] {RecordWorkloads.Decoder.protobuf(records), new RecordWorkloads.ProtobufLibrary(records)};
    }

    private static Workload[] json() {
        try {
            byte[] lines = BidLines.bytes(NexmarkEvents.batches(EVENTS / 5));
            return new Workload[] {new OperatorWorkloads.Json(lines), new LoopWorkloads.Json(lines)};
        } catch (IOException e) {
            throw new UncheckedIOException("in-memory stream", e);
        }
    }
}
