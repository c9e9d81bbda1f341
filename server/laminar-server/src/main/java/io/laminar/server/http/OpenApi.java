package io.laminar.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.server.access.Role;
import io.laminar.server.api.ErrorAnswer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The OpenAPI 3.1 document of a table of routes. */
final class OpenApi {
    private static final String VERSION = "3.1.0";
    private static final String SECURITY = "token";

    private final Schemas schemas = new Schemas();

    private OpenApi() {}

    static ObjectNode document(List<Route> routes) {
        return new OpenApi().write(routes);
    }

    private ObjectNode write(List<Route> routes) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("openapi", VERSION);
        ObjectNode info = document.putObject("info");
        info.put("title", "Laminar");
        info.put("version", "v1");
        info.put("description", "Streaming SQL: connections, pipelines, jobs, functions.");
        info.putObject("license").put("name", "Apache-2.0").put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.putArray("servers").addObject().put("url", HttpServer.BASE);
        Set<String> groups = new LinkedHashSet<>();
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            groups.add(route.group());
            ObjectNode path = (ObjectNode) paths.get(route.path());
            if (path == null) {
                path = paths.putObject(route.path());
            }
            operation(route, path.putObject(route.verb().name().toLowerCase(Locale.ROOT)));
        }
        ArrayNode tags = document.putArray("tags");
        groups.forEach(group -> tags.addObject().put("name", group));
        ObjectNode components = document.putObject("components");
        schemas.reference(ErrorAnswer.class);
        components.set("schemas", schemas.all());
        components
                .putObject("securitySchemes")
                .putObject(SECURITY)
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    private void operation(Route route, ObjectNode operation) {
        operation.put("operationId", route.operationId());
        operation.put("summary", route.summary());
        operation.putArray("tags").add(route.group());
        Role role = route.role();
        operation.put("description", role == null ? "Open to everybody." : "For the role " + role.text() + " and up.");
        ArrayNode security = operation.putArray("security");
        if (role != null) {
            security.addObject().putArray(SECURITY);
        }
        ArrayNode parameters = operation.putArray("parameters");
        for (String name : route.pathParameters()) {
            parameter(parameters, name, "path", "string", "").put("required", true);
        }
        for (Route.Parameter parameter : route.parameters()) {
            parameter(parameters, parameter.name(), "query", parameter.type(), parameter.description());
        }
        Class<?> request = route.request();
        if (request != null) {
            ObjectNode body = operation.putObject("requestBody");
            body.put("required", true);
            content(body, "application/json").set("schema", schemas.reference(request));
        }
        answers(route, operation.putObject("responses"));
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String in, String type, String description) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name).put("in", in);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        parameter.putObject("schema").put("type", type);
        return parameter;
    }

    private void answers(Route route, ObjectNode answers) {
        Route.Answer answer = route.answer();
        ObjectNode success = answers.putObject(String.valueOf(answer.status()));
        success.put("description", description(answer));
        Class<?> type = answer.type();
        if (type != null) {
            ObjectNode schema = answer.collection() ? schemas.collection(type) : schemas.reference(type);
            if (answer.events() != Route.Events.ALWAYS) {
                content(success, type == String.class ? "text/plain" : "application/json")
                        .set("schema", schema);
            }
            if (answer.events() != Route.Events.NEVER) {
                content(success, EventWriter.CONTENT_TYPE).set("schema", schemas.reference(type));
            }
        }
        refusal(answers, "400", "The request cannot be understood.");
        if (route.role() != null) {
            refusal(answers, "401", "No valid token.");
            refusal(answers, "403", "The role does not allow this.");
        }
        if (!route.pathParameters().isEmpty()) {
            refusal(answers, "404", "There is no such resource.");
        }
        if (route.changes()) {
            refusal(answers, "409", "Others need it, or its state does not allow this.");
            refusal(answers, "413", "The request is too large.");
            refusal(answers, "422", "What was sent is not valid.");
        }
        refusal(answers, "429", "Too many requests.");
        refusal(answers, "500", "A defect of the server.");
        refusal(answers, "503", "The server cannot do this now.");
    }

    private static String description(Route.Answer answer) {
        return switch (answer.status()) {
            case 201 -> "It has been made.";
            case 202 -> "It has begun.";
            case 204 -> "Done.";
            default -> answer.events() == Route.Events.ALWAYS ? "A stream of events." : "The answer.";
        };
    }

    private void refusal(ObjectNode answers, String status, String description) {
        ObjectNode answer = answers.putObject(status);
        answer.put("description", description);
        content(answer, "application/json").set("schema", schemas.reference(ErrorAnswer.class));
    }

    private static ObjectNode content(ObjectNode owner, String type) {
        ObjectNode content = (ObjectNode) owner.get("content");
        if (content == null) {
            content = owner.putObject("content");
        }
        return content.putObject(type);
    }
}
