package io.laminar.format.avro;

import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.Reference;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.option.OptionValues;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/** Where the schemas of a table come from. */
final class AvroSchemas {

    private AvroSchemas() {}

    /**
     * A schema as a user wrote it.
     *
     * @throws LaminarException INVALID_OPTION
     */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException invalid) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, AvroFormat.SCHEMA.name() + ": " + invalid.getMessage());
        } catch (NullPointerException unknown) {
            // How the library says that the text is nothing but the name of a schema that is not there.
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    AvroFormat.SCHEMA.name() + ": the text names a schema that is not in it",
                    null,
                    null,
                    unknown);
        }
    }

    /** What a table's option says; null if it says nothing. */
    static @Nullable Schema declared(OptionValues options) {
        return options.has(AvroFormat.SCHEMA) ? parse(options.text(AvroFormat.SCHEMA)) : null;
    }

    /**
     * A schema of a registry, with what it imports.
     *
     * @throws LaminarException BAD_RECORD if it is no Avro schema
     */
    static Schema registered(SchemaDefinition definition, RegistryClient registry) {
        if (definition.language() != Language.AVRO) {
            throw new LaminarException(
                    ErrorCode.BAD_RECORD,
                    "the schema in the registry is " + definition.language() + " and not AVRO",
                    "format = '" + definition.language().name().toLowerCase(java.util.Locale.ROOT) + "' may read it");
        }
        try {
            // What others wrote is read as far as it goes: defaults that are no values of their type are not used.
            Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
            parseImports(definition, registry, parser, new HashSet<>());
            return parser.parse(definition.text());
        } catch (AvroRuntimeException invalid) {
            throw new LaminarException(
                    ErrorCode.BAD_RECORD, "the schema in the registry cannot be read: " + invalid.getMessage());
        }
    }

    private static void parseImports(
            SchemaDefinition definition, RegistryClient registry, Schema.Parser parser, Set<Reference> seen) {
        for (Reference reference : definition.references()) {
            if (seen.add(reference)) {
                SchemaDefinition imported = registry.imported(reference);
                parseImports(imported, registry, parser, seen);
                parser.parse(imported.text());
            }
        }
    }

    /** The latest schema of a table's subject; empty without a registry, a subject, or a schema there. */
    static Optional<Schema> latest(OptionValues options) {
        Optional<String> subject = Registries.knownSubject(options);
        if (subject.isEmpty() || !options.has(RegistryOptions.ENDPOINT)) {
            return Optional.empty();
        }
        RegistryClient registry = Registries.of(options);
        return registry.latest(subject.get()).map(found -> registered(found.definition(), registry));
    }

    /** What records are resolved to beside the columns; null if nothing says it. */
    static @Nullable Schema reader(OptionValues options) {
        Schema declared = declared(options);
        return declared != null ? declared : latest(options).orElse(null);
    }

    /** The schema that wrote datums which do not say theirs. */
    static Schema ofRawDatums(FormatSpec spec) {
        Schema known = reader(spec.options());
        return known != null ? known : SchemaOfColumns.of(spec.schema());
    }
}
