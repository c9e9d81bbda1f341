package io.laminar.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON schemas of records. What is not {@code @Nullable} is required, the very rule by which requests are checked; that is
 * why no generator of others is used, which would know nothing of it.
 */
final class Schemas {
    private final Map<String, ObjectNode> named = new TreeMap<>();

    /** All that were referred to, by name. */
    ObjectNode all() {
        ObjectNode all = Json.MAPPER.createObjectNode();
        named.forEach(all::set);
        return all;
    }

    /** The schema of a type; of a record a reference to it. */
    ObjectNode reference(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> raw = (Class<?>) type;
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (raw.isRecord()) {
            String name = name(raw);
            if (!named.containsKey(name)) {
                named.put(name, schema);
                named.put(name, object(raw));
            }
            return Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
        } else if (raw.isEnum()) {
            schema.put("type", "string");
            ArrayNode values = schema.putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                values.add(constant.toString());
            }
            return schema;
        } else if (raw == String.class) {
            return schema.put("type", "string");
        } else if (raw == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (raw == boolean.class || raw == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (raw == int.class || raw == Integer.class) {
            return schema.put("type", "integer").put("format", "int32");
        } else if (raw == long.class || raw == Long.class) {
            return schema.put("type", "integer").put("format", "int64");
        } else if (raw == double.class || raw == Double.class) {
            return schema.put("type", "number").put("format", "double");
        } else if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
            return schema;
        }
        throw new IllegalStateException("no JSON for " + raw);
    }

    private ObjectNode generic(ParameterizedType type) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (type.getRawType() == List.class) {
            schema.put("type", "array").set("items", reference(type.getActualTypeArguments()[0]));
            return schema;
        } else if (type.getRawType() == Map.class) {
            schema.put("type", "object").set("additionalProperties", reference(type.getActualTypeArguments()[1]));
            return schema;
        }
        throw new IllegalStateException("no JSON for " + type);
    }

    /** A part of a collection of records; each collection is a schema of its own, because JSON has no generic ones. */
    ObjectNode collection(Class<?> element) {
        String name = name(element) + "Collection";
        if (!named.containsKey(name)) {
            ObjectNode schema = Json.MAPPER.createObjectNode();
            schema.put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("data").put("type", "array").set("items", reference(element));
            properties.putObject("has_more").put("type", "boolean");
            schema.putArray("required").add("data").add("has_more");
            named.put(name, schema);
        }
        return Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.MAPPER.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Fields.name(component);
            properties.set(name, reference(component.getGenericType()));
            if (!Fields.isNullable(component)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    /** The simple name, behind that of the record it is in. */
    private static String name(Class<?> type) {
        Class<?> owner = type.getEnclosingClass();
        return owner == null ? type.getSimpleName() : name(owner) + type.getSimpleName();
    }
}
