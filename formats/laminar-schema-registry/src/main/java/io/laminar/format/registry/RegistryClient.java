package io.laminar.format.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.Reference;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.RegistryHttp.Answer;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a registry for schemas and gives it new ones. Schemas by id never change, so each is asked for once; what a
 * subject's latest schema is, is asked each time. Shared by all decoders and encoders of a process.
 *
 * <p>All methods throw LaminarException: UNREACHABLE when there is no answer that helps, ACCESS_DENIED, or
 * what each says.
 */
public final class RegistryClient {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;

    /** Ids that no schema has; records that are no records at all bring ever new ones. */
    private static final int MOST_UNKNOWN = 4096;

    private final RegistryHttp http;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, SchemaDefinition> byId = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> unknown = new ConcurrentHashMap<>();
    private final Map<String, RegisteredSchema> byVersion = new ConcurrentHashMap<>();

    RegistryClient(RegistryHttp http) {
        this.http = http;
    }

    /** The schema with an id; empty if there is none. */
    public Optional<SchemaDefinition> byId(int id) {
        SchemaDefinition known = byId.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        if (unknown.containsKey(id)) {
            return Optional.empty();
        }
        Answer answer = http.get("/schemas/ids/" + id);
        if (answer.status() == NOT_FOUND) {
            if (unknown.size() >= MOST_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(id, true);
            return Optional.empty();
        }
        SchemaDefinition found = definition(parse(answer.expected()));
        byId.put(id, found);
        return Optional.of(found);
    }

    /** The names of all subjects. */
    List<String> subjects() {
        List<String> names = new ArrayList<>();
        parse(http.get("/subjects").expected()).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The latest schema of a subject; empty if the subject does not exist. */
    public Optional<RegisteredSchema> latest(String subject) {
        Answer answer = http.get("/subjects/" + encode(subject) + "/versions/latest");
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        RegisteredSchema found = registered(answer);
        byId.put(found.id(), found.definition());
        return Optional.of(found);
    }

    /** A schema that another one imports. */
    public SchemaDefinition imported(Reference reference) {
        String path = "/subjects/" + encode(reference.subject()) + "/versions/" + reference.version();
        return byVersion.computeIfAbsent(path, p -> registered(http.get(p))).definition();
    }

    /**
     * Registers a schema under a subject unless it is there.
     *
     * @return its id
     * @throws LaminarException SCHEMA_CONFLICT if it does not fit the schemas there
     */
    public int register(String subject, SchemaDefinition schema) {
        Answer answer = http.post("/subjects/" + encode(subject) + "/versions", body(schema));
        if (answer.status() == CONFLICT || answer.status() == INVALID) {
            throw refused(subject, answer.status() == CONFLICT, List.of(message(answer)));
        }
        int id = parse(answer.expected()).path("id").asInt();
        byId.put(id, schema);
        return id;
    }

    /**
     * Asks whether a schema might be registered under a subject.
     *
     * @throws LaminarException SCHEMA_CONFLICT if it does not fit the schemas there
     */
    public void checkCompatible(String subject, SchemaDefinition schema) {
        String path = "/compatibility/subjects/" + encode(subject) + "/versions/latest?verbose=true";
        Answer answer = http.post(path, body(schema));
        if (answer.status() == NOT_FOUND) {
            return;
        }
        if (answer.status() == INVALID) {
            throw refused(subject, false, List.of(message(answer)));
        }
        JsonNode verdict = parse(answer.expected());
        if (!verdict.path("is_compatible").asBoolean(true)) {
            List<String> reasons = new ArrayList<>();
            verdict.path("messages").forEach(reason -> reasons.add(reason.asText()));
            throw refused(subject, true, reasons);
        }
    }

    private static LaminarException refused(String subject, boolean conflict, List<String> reasons) {
        String text = String.join("; ", reasons);
        return new LaminarException(
                ErrorCode.SCHEMA_CONFLICT,
                "the schema registry refuses the schema of the table for subject '" + subject + "'"
                        + (text.isEmpty() ? "" : ": " + text),
                conflict
                        ? "new columns have to be nullable, and the types of those that were there have to stay; or write"
                                + " under another value.subject"
                        : null);
    }

    private RegisteredSchema registered(Answer answer) {
        JsonNode node = parse(answer.expected());
        return new RegisteredSchema(node.path("id").asInt(), definition(node));
    }

    private static SchemaDefinition definition(JsonNode node) {
        String language = node.path("schemaType").asText("AVRO").toUpperCase(Locale.ROOT);
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : node.path("references")) {
            references.add(new Reference(
                    reference.path("name").asText(),
                    reference.path("subject").asText(),
                    reference.path("version").asInt()));
        }
        return new SchemaDefinition(
                Language.valueOf(language), node.path("schema").asText(), references);
    }

    private String body(SchemaDefinition schema) {
        ObjectNode body = json.createObjectNode();
        body.put("schema", schema.text());
        // The one that all registries take is the one that old ones do not know the name of.
        if (schema.language() != Language.AVRO) {
            body.put("schemaType", schema.language().name());
        }
        if (!schema.references().isEmpty()) {
            ArrayNode references = body.putArray("references");
            for (Reference reference : schema.references()) {
                references
                        .addObject()
                        .put("name", reference.name())
                        .put("subject", reference.subject())
                        .put("version", reference.version());
            }
        }
        return body.toString();
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            throw http.failed("its answer is not JSON", notJson);
        }
    }

    private String message(Answer answer) {
        try {
            return json.readTree(answer.body()).path("message").asText(answer.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return answer.body();
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
