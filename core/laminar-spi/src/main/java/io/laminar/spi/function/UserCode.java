package io.laminar.spi.function;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a user function. Equal if made of the same text: the pipeline only keeps the classes of different
 * pipelines apart.
 */
public final class UserCode implements Serializable {
    private final UUID pipeline;
    private final String className;
    private final String source;
    private final HashMap<String, byte[]> classes;

    /**
     * @param className of the class with the function's methods
     * @param source as written by the user
     * @param classes class files by class name
     */
    public UserCode(UUID pipeline, String className, String source, Map<String, byte[]> classes) {
        this.pipeline = pipeline;
        this.className = className;
        this.source = source;
        this.classes = new HashMap<>(classes);
    }

    public UUID pipeline() {
        return pipeline;
    }

    public String className() {
        return className;
    }

    public String source() {
        return source;
    }

    /** The file of a class, or null if it is none of these. */
    public byte @Nullable [] classFile(String name) {
        byte[] file = classes.get(name);
        return file == null ? null : file.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserCode code && className.equals(code.className) && source.equals(code.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(className, source);
    }

    /** Part of the names of operators, so it depends on the text and on nothing else. */
    @Override
    public String toString() {
        return className + "#" + UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8));
    }
}
