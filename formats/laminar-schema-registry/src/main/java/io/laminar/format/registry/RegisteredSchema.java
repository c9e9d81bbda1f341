package io.laminar.format.registry;

import java.util.List;

/**
 * A schema as the registry keeps it.
 *
 * @param id the number that records carry
 * @param definition the schema itself
 */
public record RegisteredSchema(int id, SchemaDefinition definition) {

    /** A schema that another one imports, by the name it imports it by. */
    public record Reference(String name, String subject, int version) {}

    /** The languages of schemas. */
    public enum Language {
        AVRO,
        PROTOBUF,
        JSON
    }

    /**
     * The text of a schema and what it imports.
     *
     * @param references may be empty
     */
    public record SchemaDefinition(Language language, String text, List<Reference> references) {
        public SchemaDefinition {
            references = List.copyOf(references);
        }

        public SchemaDefinition(Language language, String text) {
            this(language, text, List.of());
        }
    }
}
