package io.laminar.format.avro;

import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.format.registry.WireHeader;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How records of a stream say which schema wrote them. */
interface Datums {

    /**
     * Adds the record at {@code from} as a row, all or nothing; returns the position after it.
     *
     * @throws RecordFailure if there is none
     */
    int read(byte[] b, int from, int limit, BatchBuilder out);

    /** Datums that all have one schema. */
    static Datums raw(FormatSpec spec) {
        return new Datums() {
            private @Nullable DatumReader reader;

            @Override
            public int read(byte[] b, int from, int limit, BatchBuilder out) {
                DatumReader known = reader;
                if (known == null) {
                    known = DatumReader.of(AvroSchemas.ofRawDatums(spec), AvroSchemas.declared(spec.options()), spec);
                    reader = known;
                }
                return Datums.read(known, b, from, limit, out);
            }
        };
    }

    /** Datums after the id of their schema. */
    static Datums registered(FormatSpec spec) {
        return new Registered(spec);
    }

    private static int read(DatumReader reader, byte[] b, int from, int limit, BatchBuilder out) {
        try {
            return reader.read(b, from, limit, out);
        } catch (RecordFailure failure) {
            reader.rollback(out);
            throw failure;
        }
    }

    /** Plans are made once per id; ids whose records cannot be read are remembered with the reason. */
    final class Registered implements Datums {
        private final FormatSpec spec;
        private final Map<Integer, Known> byId = new HashMap<>();
        private @Nullable RegistryClient registry;
        private @Nullable Schema target;
        private int lastId;
        private @Nullable DatumReader last;

        private Registered(FormatSpec spec) {
            this.spec = spec;
        }

        private record Known(
                @Nullable DatumReader reader, @Nullable LaminarException refusal) {}

        @Override
        public int read(byte[] b, int from, int limit, BatchBuilder out) {
            int id = WireHeader.id(b, from, limit);
            DatumReader reader = last;
            if (reader == null || id != lastId) {
                reader = reader(id, from);
                lastId = id;
                last = reader;
            }
            return Datums.read(reader, b, from + WireHeader.LENGTH, limit, out);
        }

        private DatumReader reader(int id, int position) {
            Known known = byId.get(id);
            if (known == null) {
                known = compile(id);
                byId.put(id, known);
            }
            LaminarException refusal = known.refusal();
            if (known.reader() == null || refusal != null) {
                String reason = refusal == null ? "it cannot be read" : refusal.reason();
                throw new RecordFailure(ErrorCode.BAD_RECORD, position, "schema " + id + ": " + reason);
            }
            return known.reader();
        }

        private Known compile(int id) {
            RegistryClient client = registry;
            if (client == null) {
                client = Registries.of(spec.options());
                registry = client;
                target = AvroSchemas.reader(spec.options());
            }
            Optional<SchemaDefinition> found = client.byId(id);
            if (found.isEmpty()) {
                return new Known(
                        null, new LaminarException(ErrorCode.BAD_RECORD, "the registry has no schema with this id"));
            }
            try {
                Schema writer = AvroSchemas.registered(found.get(), client);
                return new Known(DatumReader.of(writer, target, spec), null);
            } catch (LaminarException refusal) {
                if (refusal.code() != ErrorCode.BAD_RECORD && refusal.code() != ErrorCode.INVALID_SCHEMA) {
                    throw refusal;
                }
                return new Known(null, refusal);
            }
        }
    }
}
