package io.laminar.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes requests that are wrong in one way or another, from what the routes declare. */
final class Fuzzer {
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z_]+}");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "*",
            "%",
            "'",
            "\"",
            "\\",
            "../../etc/passwd",
            "pipe_0000",
            "job_zzzz",
            "chk_1",
            "chk_99999999999999999999",
            "\u0000",
            "\ud83d\ude00",
            "\ud800",
            "a\nb",
            "SELECT 1",
            "SELECT * FROM nowhere",
            "CREATE TABLE t (x INT) WITH (connector = 'impulse')",
            "CREATE FUNCTION f(x INT) RETURNS INT LANGUAGE JAVA AS 'return x",
            "CREATE VIEW v AS SELECT 1; SELECT * FROM v; DROP",
            "{{ HOME }}",
            "{{",
            "checkpoint",
            "viewer",
            "none",
            "null",
            "true",
            "-1",
            "9223372036854775808",
            "1e400",
            "x".repeat(10_000));
    private static final List<String> VALUES = List.of(
            "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999999", "[]", "{}", "[[[[[[]]]]]]", "\"\"");

    private final Random random;

    Fuzzer(Random random) {
        this.random = random;
    }

    record Request(String verb, String path, String body) {
        @Override
        public String toString() {
            String shown = body == null ? "" : body.substring(0, Math.min(300, body.length()));
            return verb + " " + path + " " + shown;
        }
    }

    Request request(List<Route> routes) {
        Route route = one(routes);
        String path =
                PARAMETER.matcher(route.path()).replaceAll(match -> Matcher.quoteReplacement(encoded(one(TEXTS))));
        StringBuilder query = new StringBuilder();
        for (Route.Parameter parameter : route.parameters()) {
            if (random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.name())
                        .append('=')
                        .append(encoded(one(TEXTS)));
            }
        }
        String verb = random.nextInt(30) == 0
                ? one(List.of("PUT", "DELETE", "PATCH", "POST"))
                : route.verb().name();
        return new Request(verb, path + query, body(route));
    }

    /** A path has to have something between its slashes. */
    private static String encoded(String text) {
        return text.isBlank()
                ? "-"
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String body(Route route) {
        Class<?> type = route.request();
        if (type == null) {
            return random.nextInt(10) == 0 ? "{}" : null;
        }
        String text = object(type).toString();
        return switch (random.nextInt(8)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text.replaceFirst(":[^,}]*", ":" + Matcher.quoteReplacement(one(VALUES)));
            case 2 -> text + text;
            case 3 -> "[".repeat(5000);
            default -> text;
        };
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            if (random.nextInt(8) > 0) {
                add(object, Fields.name(component), component.getGenericType());
            }
        }
        if (random.nextInt(10) == 0) {
            object.put(one(TEXTS), 1);
        }
        return object;
    }

    private void add(ObjectNode object, String name, Type type) {
        if (type == String.class) {
            object.put(name, one(TEXTS));
        } else if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            object.put(name, random.nextInt(5) - 2);
        } else if (type == Boolean.class || type == boolean.class) {
            // A preview or a pipeline that really runs is tested elsewhere.
            object.put(name, name.equals("start") ? false : random.nextBoolean());
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            object.putObject(name).put(one(TEXTS), one(TEXTS));
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            ArrayNode array = object.putArray(name);
            array.add(one(TEXTS));
        } else {
            object.put(name, one(TEXTS));
        }
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
