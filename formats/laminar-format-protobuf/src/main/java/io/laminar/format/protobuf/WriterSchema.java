package io.laminar.format.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.Field;
import java.util.List;
import java.util.Optional;

/**
 * The schema that the rows of a table are written with, for a registry.
 *
 * @param message which of its messages rows are
 * @param definition what is registered
 */
record WriterSchema(Descriptor message, SchemaDefinition definition) {

    /**
     * What the table declares; otherwise the latest schema of its subject, with fields for the columns that it has
     * none for; otherwise what its columns come to.
     *
     * @throws LaminarException INVALID_SCHEMA for columns that Protobuf has no form for; INVALID_OPTION
     */
    static WriterSchema of(FormatSpec spec) {
        Descriptor declared = ProtobufSchemas.declared(spec.options());
        if (declared != null) {
            return new WriterSchema(
                    declared,
                    spec.options().has(ProtobufFormat.SCHEMA)
                            ? new SchemaDefinition(
                                    Language.PROTOBUF, spec.options().text(ProtobufFormat.SCHEMA))
                            : alone(declared));
        }
        Optional<ProtobufSchemas.Latest> latest = ProtobufSchemas.latest(spec.options());
        if (latest.isPresent()) {
            return evolved(latest.get(), spec);
        }
        Descriptor made = ColumnTypes.message(spec.schema());
        return new WriterSchema(made, alone(made));
    }

    private static WriterSchema evolved(ProtobufSchemas.Latest latest, FormatSpec spec) {
        SchemaDefinition before = latest.schema().definition();
        List<Field> missing =
                AddedFields.missing(latest.message(), spec.schema().fields());
        if (missing.isEmpty()) {
            return new WriterSchema(latest.message(), before);
        }
        SchemaDefinition after = new SchemaDefinition(
                Language.PROTOBUF,
                AddedFields.to(ProtobufSchemas.text(before), latest.message(), missing),
                before.references());
        return new WriterSchema(ProtobufSchemas.message(after, Registries.of(spec.options()), latest.message()), after);
    }

    /** A file that needs no others. */
    private static SchemaDefinition alone(Descriptor type) {
        FileDescriptorProto file = type.getFile().toProto();
        boolean others = file.getDependencyList().stream().anyMatch(name -> !name.startsWith("google/protobuf/"));
        if (others) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "'" + file.getName() + "' imports other files, and only a file by itself can be registered",
                    "register the schema beforehand and leave protobuf.descriptor out");
        }
        return new SchemaDefinition(Language.PROTOBUF, ProtoText.of(file));
    }
}
