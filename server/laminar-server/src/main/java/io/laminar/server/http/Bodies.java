package io.laminar.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads bodies of requests; what does not fit is named by its place in the body. */
final class Bodies {

    private Bodies() {}

    /**
     * @param type a record; components that are not {@code @Nullable} have to be there
     * @throws LaminarException INVALID_REQUEST
     */
    static <T> T read(byte[] body, Class<T> type) {
        T value;
        try {
            value = body.length == 0 ? Json.MAPPER.readValue("{}", type) : Json.MAPPER.readValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            String field = e.getPropertyName();
            List<String> names = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            String hint = NearestName.hint(field, names);
            throw invalid(
                    "there is no field '" + path(e) + "'",
                    hint != null ? hint : names.isEmpty() ? null : "fields are " + String.join(", ", names));
        } catch (JsonMappingException e) {
            String place = path(e);
            throw invalid(
                    (place.isEmpty() ? "the body" : "field '" + place + "'") + " does not fit: " + reason(e), null);
        } catch (JsonProcessingException e) {
            throw invalid("the body is no JSON: " + reason(e), "send Content-Type: application/json");
        } catch (IOException e) {
            throw invalid("the body cannot be read: " + e.getMessage(), null);
        }
        if (value == null) {
            throw invalid("the body is null", null);
        }
        requireAll(value, "");
        return value;
    }

    /** Refuses records in which something is missing, wherever they are. */
    private static void requireAll(Object value, String path) {
        if (value instanceof String text) {
            requireText(text, "field '" + path + "'");
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                requireText(String.valueOf(key), "a key of '" + path + "'");
                if (element != null) {
                    requireAll(element, path + "." + key);
                }
            });
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object element = list.get(i);
                if (element == null) {
                    throw invalid("element " + i + " of '" + path + "' is null", null);
                }
                requireAll(element, path + "[" + i + "]");
            }
        }
        if (!value.getClass().isRecord()) {
            return;
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String name = Fields.name(component);
            String place = path.isEmpty() ? name : path + "." + name;
            Object field = Fields.value(component, value);
            if (field != null) {
                requireAll(field, place);
            } else if (!Fields.isNullable(component)) {
                throw invalid("field '" + place + "' is missing", null);
            }
        }
    }

    /** Databases do not take every character. @throws LaminarException INVALID_REQUEST */
    static void requireText(String text, String what) {
        if (text.indexOf('\0') >= 0) {
            throw invalid(what + " has a NUL character", null);
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() != null ? "." + part.getFieldName() : "[" + part.getIndex() + "]")
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /** Jackson's words without the names of classes and without what was sent, which may be secret. */
    private static String reason(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": ";
        String text = String.valueOf(e.getOriginalMessage());
        if (text.contains("`")) {
            return place + "it has another type";
        }
        return place + text.replaceAll("\\(.*", "").strip();
    }

    private static LaminarException invalid(String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.INVALID_REQUEST, reason, hint);
    }
}
