package io.laminar.format.avro;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/** How few bytes values take. */
final class Sizes {

    private Sizes() {}

    /** The least bytes that a value of a type takes: 0 for those that may have no content at all. */
    static int least(Schema schema) {
        return least(schema, new HashSet<>());
    }

    private static int least(Schema schema, Set<String> around) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            case FIXED -> schema.getFixedSize();
            case RECORD -> {
                if (!around.add(schema.getFullName())) {
                    yield 0;
                }
                long sum = 0;
                for (Schema.Field field : schema.getFields()) {
                    sum += least(field.schema(), around);
                }
                around.remove(schema.getFullName());
                yield (int) Math.min(sum, Integer.MAX_VALUE);
            }
            default -> 1;
        };
    }
}
