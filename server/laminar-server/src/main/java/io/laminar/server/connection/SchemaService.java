package io.laminar.server.connection;

import io.laminar.metadata.Metadata;
import io.laminar.metadata.Profile;
import io.laminar.metadata.Secrets;
import io.laminar.server.api.InferSchema;
import io.laminar.server.api.InferredResource;
import io.laminar.server.api.SchemaText;
import io.laminar.server.planning.ProfileOptions;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.infer.Inference;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.TableText;
import io.laminar.sql.stored.StoredProfile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of samples, schemas and subjects. */
public final class SchemaService {
    private final Metadata metadata;
    private final ProfileOptions options;
    private final QueryPlanner planner;

    public SchemaService(Metadata metadata, Secrets secrets, QueryPlanner planner) {
        this.metadata = metadata;
        this.options = new ProfileOptions(secrets);
        this.planner = planner;
    }

    /** @throws LaminarException what is wrong with the schema, with the place in it */
    public InferredResource test(SchemaText schema) {
        return resource("t", Inference.definition(schema.format(), schema.schema(), OptionValues.EMPTY));
    }

    /** @throws LaminarException INVALID_REQUEST, NOT_FOUND, BAD_RECORD, INVALID_SCHEMA, UNREACHABLE */
    public InferredResource infer(InferSchema wanted) {
        String table = wanted.table() == null ? "t" : wanted.table();
        String subject = wanted.subject();
        if (subject != null) {
            return resource(table, Inference.subject(registry(wanted.profile()), subject));
        }
        String format = wanted.format();
        if (format == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "neither a format nor a subject is given",
                    "formats are " + String.join(", ", Inference.formats()));
        }
        String schema = wanted.schema();
        return resource(
                table,
                schema != null
                        ? Inference.definition(format, schema, OptionValues.EMPTY)
                        : Inference.sample(format, sample(wanted), OptionValues.EMPTY));
    }

    private static byte[] sample(InferSchema wanted) {
        String text = wanted.sample();
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String base64 = wanted.sampleBase64();
        if (base64 == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST, "there is nothing to look at", "give sample, sample_base64 or schema");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new LaminarException(ErrorCode.INVALID_REQUEST, "sample_base64 is no Base64");
        }
    }

    private OptionValues registry(@Nullable String name) {
        if (name == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "no profile says where the registry is",
                    "give the name of a profile with schema_registry.endpoint");
        }
        Profile profile = metadata.profiles()
                .named(name)
                .orElseThrow(() ->
                        new LaminarException(ErrorCode.NOT_FOUND, "there is no connection profile '" + name + "'"));
        return planner.profile(new StoredProfile(
                profile.name(), profile.connector(), options.open(profile.name(), profile.options())));
    }

    private static InferredResource resource(String table, Inference.Found found) {
        Map<String, String> with = new LinkedHashMap<>();
        with.put("connector", "...");
        with.put("format", found.format());
        with.putAll(found.schema().options());
        return new InferredResource(
                found.format(),
                found.schema().columns().stream().map(SchemaService::column).toList(),
                found.schema().options(),
                found.schema().notes(),
                TableText.createTable(table, found.schema().fields(), with));
    }

    private static InferredResource.Column column(InferredColumn column) {
        return new InferredResource.Column(
                column.field().name(),
                column.field().type().sql(),
                column.field().nullable(),
                column.reason());
    }
}
