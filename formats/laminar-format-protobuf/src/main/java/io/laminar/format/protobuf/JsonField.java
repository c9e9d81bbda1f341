package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;

/**
 * Any field as JSON. All that comes of it is collected as a message of this field alone, which the library then reads:
 * it merges messages and knows which value is the last.
 */
final class JsonField extends FieldReader {
    private final VarintReader ints;
    private final FieldDescriptor field;
    private final boolean nullable;
    private final String path;
    private final RecordOutput collected = new RecordOutput();
    private final Slice bytes = new Slice();
    private final RecordOutput output = new RecordOutput();
    private final Slice text = new Slice();
    private BytesBuilder target = new BytesBuilder(0);

    JsonField(VarintReader ints, FieldDescriptor field, boolean nullable, String path) {
        this.ints = ints;
        this.field = field;
        this.nullable = nullable;
        this.path = path;
    }

    @Override
    void bind(ColumnBuilder builder) {
        target = (BytesBuilder) builder;
    }

    @Override
    void begin() {
        bytes.length(0);
    }

    @Override
    int read(int tag, byte[] b, int from, int limit, int rows) {
        int end = Wire.skip(ints, tag, b, from, limit);
        collected.start(bytes);
        Wire.writeVarint(tag & 0xffff_ffffL, collected);
        collected.put(b, from, end - from);
        collected.finish();
        return end;
    }

    @Override
    void clear(int rows) {
        bytes.length(0);
    }

    @Override
    void finish(int rows, int position) {
        DynamicMessage message = parse(field.getContainingType(), bytes, position);
        boolean absent = !field.isRepeated() && field.hasPresence() && !message.hasField(field);
        if (absent && !nullable) {
            throw Scalars.isNull(position, path);
        } else if (absent) {
            target.appendNull();
            return;
        }
        text.length(0);
        output.start(text);
        MessageJson.write(field, message.getField(field), output);
        output.finish();
        target.append(text);
    }

    /** A message of which fields that are required may be missing. */
    static DynamicMessage parse(Descriptor type, Slice bytes, int position) {
        try {
            return DynamicMessage.newBuilder(type)
                    .mergeFrom(bytes.base(), bytes.offset(), bytes.length())
                    .buildPartial();
        } catch (InvalidProtocolBufferException invalid) {
            throw new RecordFailure(position, "a message cannot be read: " + invalid.getMessage());
        }
    }

    @Override
    int[] wireTypes() {
        int type = Scalars.wireType(field);
        return field.isPackable() ? new int[] {type, Wire.LENGTH} : new int[] {type};
    }
}
