package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.format.registry.Registries;
import io.laminar.format.registry.RegistryClient;
import io.laminar.format.registry.WireHeader;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How records say of which type they are. */
interface Messages {

    /**
     * Adds the record {@code b[from, to)} as a row, all or nothing.
     *
     * @throws RecordFailure if it is none
     */
    void read(byte[] b, int from, int to, BatchBuilder out);

    /** Messages that are all of one type. */
    static Messages plain(FormatSpec spec) {
        return new Messages() {
            private @Nullable RowReader reader;

            @Override
            public void read(byte[] b, int from, int to, BatchBuilder out) {
                RowReader known = reader;
                if (known == null) {
                    known = new RowReader(ProtobufFormat.declaredOrLatest(spec), spec);
                    reader = known;
                }
                known.read(b, from, to, out);
            }
        };
    }

    /** Messages after the id of their schema and their position in it. */
    static Messages registered(FormatSpec spec) {
        return new Registered(spec);
    }

    /** Plans are made once per id and message; ids whose records cannot be read are remembered with the reason. */
    final class Registered implements Messages {
        private final FormatSpec spec;
        private final VarintReader ints = new VarintReader();
        private final Map<Integer, Known> byId = new HashMap<>();
        private final Map<Descriptor, RowReader> readers = new HashMap<>();
        private final Map<Descriptor, LaminarException> misfits = new HashMap<>();

        private Registered(FormatSpec spec) {
            this.spec = spec;
        }

        private record Known(@Nullable FileDescriptor file, String refusal) {}

        @Override
        public void read(byte[] b, int from, int to, BatchBuilder out) {
            int id = WireHeader.id(b, from, to);
            Known known = byId.computeIfAbsent(id, this::load);
            if (known.file() == null) {
                throw new RecordFailure(from, "schema " + id + ": " + known.refusal());
            }
            Descriptor type = MessageIndexes.read(known.file(), ints, b, from + WireHeader.LENGTH, to);
            int start = ints.next();
            reader(type, id, from).read(b, start, to, out);
        }

        private RowReader reader(Descriptor type, int id, int position) {
            RowReader known = readers.get(type);
            if (known != null) {
                return known;
            }
            LaminarException misfit = misfits.get(type);
            if (misfit == null) {
                try {
                    RowReader made = new RowReader(type, spec);
                    readers.put(type, made);
                    return made;
                } catch (LaminarException refused) {
                    misfits.put(type, refused);
                    misfit = refused;
                }
            }
            throw new RecordFailure(position, "schema " + id + ": " + misfit.reason());
        }

        private Known load(int id) {
            RegistryClient registry = Registries.of(spec.options());
            Optional<SchemaDefinition> found = registry.byId(id);
            if (found.isEmpty()) {
                return new Known(null, "the registry has no schema with this id");
            }
            try {
                return new Known(ProtobufSchemas.registered(found.get(), registry), "");
            } catch (LaminarException refused) {
                if (refused.code() != ErrorCode.BAD_RECORD) {
                    throw refused;
                }
                return new Known(null, refused.reason());
            }
        }
    }
}
