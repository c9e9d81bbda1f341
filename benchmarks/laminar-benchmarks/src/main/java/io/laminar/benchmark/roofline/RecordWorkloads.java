package io.laminar.benchmark.roofline;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Binary records into all six columns of a bid, beside the library of the format. */
final class RecordWorkloads {
    private static final List<Integer> ALL = List.of(0, 1, 2, 3, 4, 5);

    private static final BadRecords NONE_IS_BAD = (b, from, to, reason) -> {
        throw reason;
    };

    private RecordWorkloads() {}

    /** Laminar's decoder, message by message. */
    static final class Decoder implements Workload {
        private final BidRecords records;
        private final RecordDecoder decoder;
        private final BatchBuilder rows;

        Decoder(String format, Map<String, Object> options, Scalar time, BidRecords records) {
            this.records = records;
            Schema schema = Schema.of(
                    new Field("auction", Scalar.BIGINT),
                    new Field("bidder", Scalar.BIGINT),
                    new Field("price", Scalar.BIGINT),
                    new Field("channel", Scalar.TEXT),
                    new Field("url", Scalar.TEXT),
                    new Field("dateTime", time));
            FormatSpec spec = new FormatSpec(format, schema, ALL, new OptionValues(options));
            decoder = ((RecordFormat) Formats.named(format)).decoder(spec);
            rows = new BatchBuilder(spec.projected(), Batch.TARGET_ROWS);
        }

        static Decoder avro(BidRecords records) {
            Map<String, Object> options = Map.of("avro.raw_datums", true, "avro.schema", BidRecords.AVRO.toString());
            return new Decoder("avro", options, Scalar.TIMESTAMP, records);
        }

        static Decoder protobuf(BidRecords records) {
            return new Decoder("protobuf", Map.of("protobuf.schema", BidRecords.PROTO), Scalar.BIGINT, records);
        }

        @Override
        public long units() {
            return records.count();
        }

        @Override
        public long round() {
            long checksum = 0;
            int from = 0;
            for (int end : records.ends()) {
                decoder.decodeMessage(records.bytes(), from, end, rows, NONE_IS_BAD);
                from = end;
                if (rows.rows() == Batch.TARGET_ROWS) {
                    checksum += checksum(rows.build());
                }
            }
            return checksum + checksum(rows.build());
        }

        private static long checksum(Batch batch) {
            long sum = 0;
            for (int column : new int[] {0, 1, 2, 5}) {
                long[] values = BidColumns.longs(batch, column);
                for (int row = 0; row < batch.size(); row++) {
                    sum += values[row];
                }
            }
            int[] channels = ((BytesColumn) batch.column(3)).lengths();
            int[] urls = ((BytesColumn) batch.column(4)).lengths();
            for (int row = 0; row < batch.size(); row++) {
                sum += channels[row] + urls[row];
            }
            return sum;
        }
    }

    /** Avro's reader of generic records, which reuses its record. */
    static final class AvroLibrary implements Workload {
        private final BidRecords records;
        private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(BidRecords.AVRO);
        private @Nullable BinaryDecoder decoder;
        private @Nullable GenericRecord record;

        AvroLibrary(BidRecords records) {
            this.records = records;
        }

        @Override
        public long units() {
            return records.count();
        }

        @Override
        public long round() {
            long sum = 0;
            int from = 0;
            try {
                for (int end : records.ends()) {
                    BinaryDecoder next = DecoderFactory.get().binaryDecoder(records.bytes(), from, end - from, decoder);
                    decoder = next;
                    GenericRecord read = reader.read(record, next);
                    record = read;
                    from = end;
                    sum += (Long) read.get(0) + (Long) read.get(1) + (Long) read.get(2) + (Long) read.get(5);
                    sum += ((Utf8) read.get(3)).getByteLength() + ((Utf8) read.get(4)).getByteLength();
                }
            } catch (IOException inMemory) {
                throw new UncheckedIOException(inMemory);
            }
            return sum;
        }
    }

    /** Protobuf's messages of types known at run time only. */
    static final class ProtobufLibrary implements Workload {
        private final BidRecords records;
        private final Descriptor type = BidRecords.descriptor();
        private final FieldDescriptor[] fields = type.getFields().toArray(FieldDescriptor[]::new);

        ProtobufLibrary(BidRecords records) {
            this.records = records;
        }

        @Override
        public long units() {
            return records.count();
        }

        @Override
        public long round() {
            long sum = 0;
            int from = 0;
            try {
                for (int end : records.ends()) {
                    DynamicMessage read = DynamicMessage.newBuilder(type)
                            .mergeFrom(records.bytes(), from, end - from)
                            .build();
                    from = end;
                    sum += (Long) read.getField(fields[0])
                            + (Long) read.getField(fields[1])
                            + (Long) read.getField(fields[2])
                            + (Long) read.getField(fields[5]);
                    sum += length(read, 3) + length(read, 4);
                }
            } catch (InvalidProtocolBufferException impossible) {
                throw new IllegalStateException(impossible);
            }
            return sum;
        }

        private int length(DynamicMessage read, int field) {
            return ((String) read.getField(fields[field])).getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
