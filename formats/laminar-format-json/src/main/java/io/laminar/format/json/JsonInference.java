package io.laminar.format.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.infer.ValueKinds;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of JSON objects: of some of them, or of their JSON Schema. */
final class JsonInference {
    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_MEMBERS = 1_000;
    private static final int DEEPEST = 8;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonInference() {}

    // Samples -------------------------------------------------------------------------------------------------------

    static InferredSchema ofSample(byte[] sample) {
        Members members = new Members();
        List<String> notes = new ArrayList<>();
        int records = 0;
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(sample)) {
            while (records < MOST_RECORDS) {
                JsonNode record = next(values, records, notes);
                if (record == null) {
                    break;
                }
                if (!record.isObject()) {
                    throw new LaminarException(
                            ErrorCode.BAD_RECORD,
                            "record " + (records + 1) + " is no JSON object",
                            "json.unstructured = true reads records of any kind into one column of type JSON");
                }
                members.add(record);
                records++;
            }
        } catch (IOException e) {
            throw broken(e, records);
        }
        notes.add(0, "from " + records + (records == 1 ? " record" : " records"));
        return InferredSchema.of(members.columns(records, 0), Map.of(), notes);
    }

    /** The next record; null if there is none, or not all of it. */
    private static @Nullable JsonNode next(MappingIterator<JsonNode> values, int records, List<String> notes)
            throws IOException {
        try {
            return values.hasNextValue() ? values.nextValue() : null;
        } catch (JsonEOFException e) {
            // A sample may end anywhere.
            if (records == 0) {
                throw e;
            }
            notes.add("the last record is cut off and was left out");
            return null;
        }
    }

    private static LaminarException broken(IOException e, int records) {
        String reason = "record " + (records + 1) + " is not JSON: "
                + (e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage());
        Place place = e instanceof JsonProcessingException json && json.getLocation() != null
                ? new Place.Data(
                        "the sample",
                        json.getLocation().getLineNr(),
                        json.getLocation().getByteOffset())
                : null;
        return new LaminarException(ErrorCode.BAD_RECORD, reason, place, null, e);
    }

    /** What has been seen of the members of objects. */
    private static final class Members {
        private final Map<String, Seen> byName = new LinkedHashMap<>();
        private boolean tooMany;

        void add(JsonNode object) {
            object.properties().forEach(member -> {
                Seen seen = byName.get(member.getKey());
                if (seen == null && byName.size() >= MOST_MEMBERS) {
                    tooMany = true;
                    return;
                }
                byName.computeIfAbsent(member.getKey(), name -> new Seen()).add(member.getValue());
            });
        }

        List<InferredColumn> columns(int records, int depth) {
            List<InferredColumn> columns = new ArrayList<>();
            byName.forEach((name, seen) -> columns.add(seen.column(name, records, depth)));
            return columns;
        }
    }

    /** What has been seen of one value. */
    private static final class Seen {
        private final ValueKinds kinds = new ValueKinds();
        private final Members members = new Members();
        private @Nullable Seen elements;
        private int objects;
        private int arrays;
        private int times;

        void add(JsonNode value) {
            times++;
            if (value.isNull()) {
                kinds.addNull();
            } else if (value.isBoolean()) {
                kinds.addBoolean();
            } else if (value.isNumber()) {
                kinds.addNumber(value.asText());
            } else if (value.isTextual()) {
                kinds.addText(value.textValue());
            } else if (value.isObject()) {
                kinds.addNested();
                objects++;
                members.add(value);
            } else {
                kinds.addNested();
                arrays++;
                Seen inside = elements == null ? new Seen() : elements;
                elements = inside;
                value.forEach(inside::add);
            }
        }

        InferredColumn column(String name, int records, int depth) {
            InferredColumn column = alone(name, depth);
            return times == records
                    ? column
                    : new InferredColumn(
                            column.field(), column.reason() + "; in " + times + " of " + records + " records");
        }

        private InferredColumn alone(String name, int depth) {
            if (!kinds.isNested()) {
                return kinds.column(name, Scalar.JSON);
            }
            DataType type = nested(depth);
            String reason;
            if (type != Scalar.JSON) {
                reason = (type instanceof DataType.StructType ? "all values are objects" : "all values are arrays");
            } else if (objects > 0 && arrays > 0) {
                reason = "some values are objects and some are arrays";
            } else {
                reason = "the parts of its values have no types in common, or are too many or too deep";
            }
            return new InferredColumn(name, type, true, type.sql() + " because " + reason);
        }

        private DataType nested(int depth) {
            if (depth >= DEEPEST || (objects > 0 && arrays > 0) || members.tooMany) {
                return Scalar.JSON;
            }
            if (objects > 0) {
                List<Field> fields = members.columns(objects, depth + 1).stream()
                        .map(InferredColumn::field)
                        .toList();
                long different = fields.stream()
                        .map(field -> field.name().toLowerCase(Locale.ROOT))
                        .distinct()
                        .count();
                return fields.isEmpty() || different < fields.size() ? Scalar.JSON : new DataType.StructType(fields);
            }
            Seen inside = elements;
            if (inside == null || inside.times == 0) {
                return Scalar.JSON;
            }
            DataType element = inside.alone("", depth + 1).field().type();
            return element == Scalar.JSON ? Scalar.JSON : new DataType.ListType(element);
        }
    }

    // JSON Schema ---------------------------------------------------------------------------------------------------

    static InferredSchema ofDefinition(String text) {
        JsonNode schema;
        try {
            schema = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "the schema is not JSON: " + e.getOriginalMessage(),
                    e.getLocation() == null
                            ? null
                            : Place.Sql.at(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
                    null,
                    e);
        }
        if (!schema.path("properties").isObject()) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "the JSON Schema describes no object with properties",
                    "\"type\": \"object\", \"properties\": {...}");
        }
        return InferredSchema.of(new SchemaText(schema).columns(schema, 0), Map.of(), List.of());
    }

    /** A JSON Schema, which may name parts of itself. */
    private record SchemaText(JsonNode root) {

        List<InferredColumn> columns(JsonNode object, int depth) {
            List<InferredColumn> columns = new ArrayList<>();
            object.path("properties").properties().forEach(property -> {
                boolean required = false;
                for (JsonNode name : object.path("required")) {
                    required |= name.asText().equals(property.getKey());
                }
                JsonNode single = single(property.getValue());
                boolean nullable = !required || takesNull(property.getValue());
                DataType type = type(single, depth);
                columns.add(new InferredColumn(
                        property.getKey(),
                        type,
                        nullable,
                        type.sql() + " because the schema says " + said(single) + (required ? ", required" : "")));
            });
            return columns;
        }

        private static String said(JsonNode schema) {
            String format = schema.path("format").asText("");
            return schema.path("type").asText("nothing of its type") + (format.isEmpty() ? "" : " (" + format + ")");
        }

        private static boolean takesNull(JsonNode schema) {
            for (JsonNode type : schema.path("type")) {
                if (type.asText().equals("null")) {
                    return true;
                }
            }
            for (String either : List.of("oneOf", "anyOf")) {
                for (JsonNode one : schema.path(either)) {
                    if (one.path("type").asText().equals("null")) {
                        return true;
                    }
                }
            }
            return schema.path("nullable").asBoolean(false);
        }

        /** The schema without the choice of null; with several others it is one that says nothing. */
        private JsonNode single(JsonNode schema) {
            JsonNode at = referenced(schema);
            for (String either : List.of("oneOf", "anyOf")) {
                List<JsonNode> others = new ArrayList<>();
                at.path(either).forEach(one -> {
                    if (!one.path("type").asText().equals("null")) {
                        others.add(one);
                    }
                });
                if (!others.isEmpty()) {
                    return others.size() == 1 ? single(others.get(0)) : JSON.createObjectNode();
                }
            }
            if (at.path("type").isArray()) {
                List<String> types = new ArrayList<>();
                at.path("type").forEach(type -> types.add(type.asText()));
                types.remove("null");
                ObjectNode plain = at.deepCopy();
                if (types.size() == 1) {
                    plain.put("type", types.get(0));
                } else {
                    plain.remove("type");
                }
                return plain;
            }
            return at;
        }

        private JsonNode referenced(JsonNode schema) {
            JsonNode at = schema;
            for (int i = 0; at.has("$ref") && i < DEEPEST; i++) {
                String reference = at.path("$ref").asText();
                if (!reference.startsWith("#/")) {
                    throw new LaminarException(
                            ErrorCode.INVALID_OPTION,
                            "the JSON Schema refers to '" + reference + "', which is not in it",
                            "put what it refers to into the schema");
                }
                at = root.at(reference.substring(1));
                if (at.isMissingNode()) {
                    throw new LaminarException(
                            ErrorCode.INVALID_OPTION, "the JSON Schema has no '" + reference + "', which it refers to");
                }
            }
            return at;
        }

        private DataType type(JsonNode schema, int depth) {
            if (depth >= DEEPEST) {
                return Scalar.JSON;
            }
            return switch (schema.path("type").asText()) {
                case "boolean" -> Scalar.BOOLEAN;
                case "integer" -> Scalar.BIGINT;
                case "number" -> Scalar.DOUBLE;
                case "string" -> text(schema);
                case "array" -> {
                    DataType element = type(single(schema.path("items")), depth + 1);
                    yield element == Scalar.JSON ? Scalar.JSON : new DataType.ListType(element);
                }
                case "object" -> object(schema, depth);
                default -> schema.has("enum") && schema.path("enum").path(0).isTextual() ? Scalar.TEXT : Scalar.JSON;
            };
        }

        private static DataType text(JsonNode schema) {
            if (schema.path("contentEncoding").asText().equals("base64")) {
                return Scalar.BYTES;
            }
            return switch (schema.path("format").asText()) {
                case "date" -> Scalar.DATE;
                case "time" -> Scalar.TIME;
                case "date-time" -> Scalar.TIMESTAMPTZ;
                default -> Scalar.TEXT;
            };
        }

        private DataType object(JsonNode schema, int depth) {
            if (schema.path("properties").isObject()
                    && !schema.path("properties").isEmpty()) {
                List<Field> fields = columns(schema, depth + 1).stream()
                        .map(InferredColumn::field)
                        .toList();
                return new DataType.StructType(fields);
            }
            if (schema.path("additionalProperties").isObject()) {
                return new DataType.MapType(Scalar.TEXT, type(single(schema.path("additionalProperties")), depth + 1));
            }
            return Scalar.JSON;
        }
    }
}
