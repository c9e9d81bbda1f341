package io.laminar.benchmark.roofline;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.laminar.connector.generator.nexmark.NexmarkSchema;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.StructColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Bids of six fields as binary records, one after the other, written by the libraries of the formats.
 *
 * @param bytes all records
 * @param ends where each record ends
 */
record BidRecords(byte[] bytes, int[] ends) {
    static final Schema AVRO = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Bid\",\"fields\":[{\"name\":\"auction\",\"type\":\"long\"},"
                    + "{\"name\":\"bidder\",\"type\":\"long\"},{\"name\":\"price\",\"type\":\"long\"},"
                    + "{\"name\":\"channel\",\"type\":\"string\"},{\"name\":\"url\",\"type\":[\"null\",\"string\"]},"
                    + "{\"name\":\"dateTime\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}}]}");

    static final String PROTO =
            "syntax = \"proto3\"; message Bid { int64 auction = 1; int64 bidder = 2; int64 price = 3;"
                    + " string channel = 4; string url = 5; int64 dateTime = 6; }";

    int count() {
        return ends.length;
    }

    static BidRecords avro(List<Batch> events) {
        GenericRecord record = new GenericData.Record(AVRO);
        GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(AVRO);
        return of(events, (values, out) -> {
            for (int i = 0; i < values.length; i++) {
                record.put(i, values[i]);
            }
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            try {
                writer.write(record, encoder);
                encoder.flush();
            } catch (IOException inMemory) {
                throw new java.io.UncheckedIOException(inMemory);
            }
        });
    }

    static BidRecords protobuf(List<Batch> events) {
        Descriptor type = descriptor();
        return of(events, (values, out) -> {
            DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
            for (int i = 0; i < values.length; i++) {
                message.setField(type.getFields().get(i), values[i]);
            }
            out.writeBytes(message.build().toByteArray());
        });
    }

    /** The type that {@link #PROTO} says. */
    static Descriptor descriptor() {
        DescriptorProto.Builder bid = DescriptorProto.newBuilder().setName("Bid");
        String[] names = {"auction", "bidder", "price", "channel", "url", "dateTime"};
        for (int i = 0; i < names.length; i++) {
            boolean text = i == 3 || i == 4;
            bid.addField(FieldDescriptorProto.newBuilder()
                    .setName(names[i])
                    .setNumber(i + 1)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                    .setType(text ? FieldDescriptorProto.Type.TYPE_STRING : FieldDescriptorProto.Type.TYPE_INT64));
        }
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("bid.proto")
                .setSyntax("proto3")
                .addMessageType(bid)
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BidRecords of(List<Batch> events, BiConsumer<Object[], ByteArrayOutputStream> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] ends = new int[64];
        int count = 0;
        int bidColumn = NexmarkSchema.EVENT.indexOf("bid");
        for (Batch batch : events) {
            StructColumn bids = (StructColumn) batch.column(bidColumn);
            for (int row = 0; row < batch.size(); row++) {
                if (bids.isNull(row)) {
                    continue;
                }
                writer.accept(
                        new Object[] {
                            number(bids, 0, row),
                            number(bids, 1, row),
                            number(bids, 2, row),
                            text(bids, 3, row),
                            text(bids, 4, row),
                            batch.rowtime()[row]
                        },
                        out);
                if (count == ends.length) {
                    ends = Arrays.copyOf(ends, count * 2);
                }
                ends[count++] = out.size();
            }
        }
        return new BidRecords(out.toByteArray(), Arrays.copyOf(ends, count));
    }

    private static long number(StructColumn bids, int member, int row) {
        return ((LongColumn) bids.member(member)).value(row);
    }

    private static String text(StructColumn bids, int member, int row) {
        return ((BytesColumn) bids.member(member)).text(row);
    }
}
