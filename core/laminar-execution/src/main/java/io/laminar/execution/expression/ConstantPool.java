package io.laminar.execution.expression;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Objects that generated code refers to. They are given to each instance of the class, so that classes of equal source
 * are shared whatever their constants are. All text literals lie in one arena: columns that hold only literals are views.
 */
final class ConstantPool {
    /** The field of {@link Program} that holds the arena. */
    static final String ARENA = "literals";

    private final List<Object> objects = new ArrayList<>();
    private final List<String> declarations = new ArrayList<>();
    private final Map<Object, String> fields = new HashMap<>();
    private final Map<ByteBuffer, Integer> places = new HashMap<>();
    private final ByteArrayOutputStream arena = new ByteArrayOutputStream();

    /**
     * The name of a field that holds an object.
     *
     * @param key equal keys share one object
     */
    <T> String field(Object key, Class<T> type, Supplier<? extends T> object) {
        String known = fields.get(key);
        if (known != null) {
            return known;
        }
        String javaType = type.getCanonicalName();
        int index = objects.size();
        String name = "k" + index;
        objects.add(object.get());
        declarations.add("private final " + javaType + " " + name + " = (" + javaType + ") constant(" + index + ");");
        fields.put(key, name);
        return name;
    }

    /** Where the bytes start in the arena. */
    int place(byte[] bytes) {
        return places.computeIfAbsent(ByteBuffer.wrap(bytes), b -> {
            int start = arena.size();
            arena.writeBytes(bytes);
            return start;
        });
    }

    List<String> declarations() {
        return declarations;
    }

    Object[] objects() {
        return objects.toArray();
    }

    byte[] arena() {
        return arena.toByteArray();
    }
}
