package io.laminar.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.laminar.format.json.JsonOutput;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How messages look as JSON: all fields by their names in the schema, with defaults; null for what may be missing and
 * is. Google's own types as what they mean: times as text, wrappers as their value, Struct as the object it is.
 */
final class MessageJson {
    private static final String GOOGLE = "google.protobuf.";
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** Beyond these seconds (years 1 to 9999) a Timestamp is none. */
    private static final long MOST_SECONDS = 315_576_000_000L;

    private MessageJson() {}

    static void write(Message message, RecordOutput out) {
        Descriptor type = message.getDescriptorForType();
        if (type.getFullName().startsWith(GOOGLE) && writeKnown(message, type, out)) {
            return;
        }
        out.put((byte) '{');
        boolean first = true;
        for (FieldDescriptor field : type.getFields()) {
            if (!first) {
                out.put((byte) ',');
            }
            first = false;
            JsonOutput.writeText(field.getName(), out);
            out.put((byte) ':');
            if (!field.isRepeated() && field.hasPresence() && !message.hasField(field)) {
                JsonOutput.writeNull(out);
            } else {
                write(field, message.getField(field), out);
            }
        }
        out.put((byte) '}');
    }

    /** Writes the value of a field. */
    static void write(FieldDescriptor field, Object value, RecordOutput out) {
        if (field.isMapField()) {
            writeMap((List<?>) value, out);
        } else if (field.isRepeated()) {
            writeList(field, (List<?>) value, out);
        } else {
            single(field, value, out);
        }
    }

    private static void writeList(FieldDescriptor field, List<?> values, RecordOutput out) {
        out.put((byte) '[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.put((byte) ',');
            }
            single(field, values.get(i), out);
        }
        out.put((byte) ']');
    }

    private static void writeMap(List<?> entries, RecordOutput out) {
        // Of keys that repeat the last one counts.
        java.util.Map<Object, Message> last = new java.util.LinkedHashMap<>();
        for (Object each : entries) {
            Message entry = (Message) each;
            last.put(entry.getField(entry.getDescriptorForType().findFieldByNumber(1)), entry);
        }
        out.put((byte) '{');
        boolean first = true;
        for (java.util.Map.Entry<Object, Message> each : last.entrySet()) {
            if (!first) {
                out.put((byte) ',');
            }
            first = false;
            JsonOutput.writeText(each.getKey().toString(), out);
            out.put((byte) ':');
            FieldDescriptor value = each.getValue().getDescriptorForType().findFieldByNumber(2);
            single(value, each.getValue().getField(value), out);
        }
        out.put((byte) '}');
    }

    private static void single(FieldDescriptor field, Object value, RecordOutput out) {
        switch (field.getType()) {
            case BOOL -> JsonOutput.writeBoolean((Boolean) value, out);
            case INT32, SINT32, SFIXED32, INT64, SINT64, SFIXED64 ->
                JsonOutput.writeLong(((Number) value).longValue(), out);
            case UINT32, FIXED32 -> JsonOutput.writeLong(Integer.toUnsignedLong((Integer) value), out);
            case UINT64, FIXED64 -> out.put(Long.toUnsignedString((Long) value).getBytes(StandardCharsets.US_ASCII));
            case FLOAT -> JsonOutput.writeDouble((Float) value, true, out);
            case DOUBLE -> JsonOutput.writeDouble((Double) value, false, out);
            case STRING -> JsonOutput.writeText((String) value, out);
            case BYTES -> JsonOutput.writeBytes(((ByteString) value).toByteArray(), out);
            case ENUM -> {
                EnumValueDescriptor constant = (EnumValueDescriptor) value;
                boolean named = constant.getIndex() >= 0;
                JsonOutput.writeText(named ? constant.getName() : String.valueOf(constant.getNumber()), out);
            }
            case MESSAGE, GROUP -> write((Message) value, out);
        }
    }

    private static boolean writeKnown(Message message, Descriptor type, RecordOutput out) {
        switch (type.getName()) {
            case "Timestamp" -> JsonOutput.writeTimestamp(micros(message), 'T', true, out);
            case "Duration" -> JsonOutput.writeInterval(micros(message), out);
            case "DoubleValue",
                    "FloatValue",
                    "Int64Value",
                    "UInt64Value",
                    "Int32Value",
                    "UInt32Value",
                    "BoolValue",
                    "StringValue",
                    "BytesValue" -> {
                FieldDescriptor value = type.findFieldByNumber(1);
                single(value, message.getField(value), out);
            }
            case "Struct", "ListValue" -> {
                FieldDescriptor content = type.findFieldByNumber(1);
                write(content, message.getField(content), out);
            }
            case "Value" -> {
                FieldDescriptor kind =
                        message.getOneofFieldDescriptor(type.getOneofs().get(0));
                if (kind == null || kind.getType() == FieldDescriptor.Type.ENUM) {
                    JsonOutput.writeNull(out);
                } else {
                    single(kind, message.getField(kind), out);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long micros(Message time) {
        Descriptor type = time.getDescriptorForType();
        long seconds = (Long) time.getField(type.findFieldByNumber(1));
        int nanos = (Integer) time.getField(type.findFieldByNumber(2));
        if (seconds > MOST_SECONDS || seconds < -MOST_SECONDS) {
            throw new RecordFailure(0, "a time is out of range");
        }
        return seconds * MICROS_PER_SECOND + Math.floorDiv(nanos, NANOS_PER_MICRO);
    }
}
