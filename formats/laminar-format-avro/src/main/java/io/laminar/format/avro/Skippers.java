package io.laminar.format.avro;

import io.laminar.spi.format.VarintReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Makes skippers. Records are made once by name, as they may hold themselves. */
final class Skippers {
    private final VarintReader ints;
    private final Map<String, RecordSkipper> records = new HashMap<>();

    /** Records around the value that is being skipped. */
    private int depth;

    Skippers(VarintReader ints) {
        this.ints = ints;
    }

    /** Begins a new record of the stream: a failure may have left the depth behind. */
    void reset() {
        depth = 0;
    }

    Skipper of(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> new FixedSkipper(0);
            case BOOLEAN -> new FixedSkipper(1);
            case FLOAT -> new FixedSkipper(Float.BYTES);
            case DOUBLE -> new FixedSkipper(Double.BYTES);
            case FIXED -> new FixedSkipper(schema.getFixedSize());
            case INT, LONG, ENUM -> new VarintSkipper();
            case STRING, BYTES -> new SizedSkipper();
            case ARRAY -> new BlockSkipper(List.of(of(schema.getElementType())), Sizes.least(schema.getElementType()));
            case MAP -> new BlockSkipper(List.of(new SizedSkipper(), of(schema.getValueType())), 1);
            case UNION ->
                new UnionSkipper(schema.getTypes().stream().map(this::of).toArray(Skipper[]::new));
            case RECORD -> record(schema);
        };
    }

    private Skipper record(Schema schema) {
        RecordSkipper known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        RecordSkipper made = new RecordSkipper();
        records.put(schema.getFullName(), made);
        made.fields =
                schema.getFields().stream().map(field -> of(field.schema())).toArray(Skipper[]::new);
        return made;
    }

    private static final class FixedSkipper extends Skipper {
        private final int size;

        FixedSkipper(int size) {
            this.size = size;
        }

        @Override
        int operation() {
            return RecordReader.SKIP_FIXED;
        }

        @Override
        int size() {
            return size;
        }

        @Override
        int skip(byte[] b, int from, int limit) {
            return Lengths.end(from, size, limit);
        }
    }

    private final class VarintSkipper extends Skipper {
        @Override
        int operation() {
            return RecordReader.SKIP_VARINT;
        }

        @Override
        int skip(byte[] b, int from, int limit) {
            ints.read(b, from, limit);
            return ints.next();
        }
    }

    private final class SizedSkipper extends Skipper {
        @Override
        int operation() {
            return RecordReader.SKIP_LENGTH;
        }

        @Override
        int skip(byte[] b, int from, int limit) {
            int count = Lengths.read(ints, b, from, limit);
            return ints.next() + count;
        }
    }

    /** Arrays and maps; blocks that say their size are passed over as a whole. */
    private final class BlockSkipper extends Skipper {
        private final List<Skipper> parts;
        private final int leastBytes;

        BlockSkipper(List<Skipper> parts, int leastBytes) {
            this.parts = parts;
            this.leastBytes = leastBytes;
        }

        @Override
        int skip(byte[] b, int from, int limit) {
            int p = from;
            while (true) {
                long count = VarintReader.zigzag(ints.read(b, p, limit));
                if (count < 0) {
                    p = ints.next();
                    int size = Lengths.read(ints, b, p, limit);
                    p = ints.next() + size;
                    continue;
                }
                int items = Lengths.items(ints, b, p, limit, leastBytes);
                p = ints.next();
                if (items == 0) {
                    return p;
                }
                for (int i = 0; i < items; i++) {
                    for (Skipper part : parts) {
                        p = part.skip(b, p, limit);
                    }
                }
            }
        }
    }

    private final class UnionSkipper extends Skipper {
        private final Skipper[] branches;

        UnionSkipper(Skipper[] branches) {
            this.branches = branches;
        }

        @Override
        int skip(byte[] b, int from, int limit) {
            Skipper branch = branches[UnionReader.index(ints, branches.length, b, from, limit)];
            return branch.skip(b, ints.next(), limit);
        }
    }

    private final class RecordSkipper extends Skipper {
        private Skipper[] fields = new Skipper[0];

        @Override
        int skip(byte[] b, int from, int limit) {
            checkDepth(++depth, from);
            int p = from;
            for (Skipper field : fields) {
                p = field.skip(b, p, limit);
            }
            depth--;
            return p;
        }
    }
}
