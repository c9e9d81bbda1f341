package io.laminar.execution.expression;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.lang.reflect.Constructor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;
import org.jspecify.annotations.Nullable;

/** Turns source into classes. Classes of equal source are shared; the least recently used are forgotten. */
final class ProgramCompiler {
    private static final int KEPT = 128;

    private static final Map<Key, Compiled> CACHE =
            Collections.synchronizedMap(new LinkedHashMap<Key, Compiled>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Compiled> eldest) {
                    return size() > KEPT;
                }
            });

    private record Key(String source, List<ClassLoader> loaders) {}

    /** @param methodSizes bytes of code by method */
    record Compiled(Constructor<? extends Program> constructor, Map<String, Integer> methodSizes) {
        int largestMethod() {
            return methodSizes.values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
        }

        Program instantiate(Object[] constants, byte[] literals, String[] texts) {
            try {
                return constructor.newInstance(constants, literals, texts);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("generated class cannot be instantiated", e);
            }
        }
    }

    /** Finds Laminar's classes first, then those of functions that come with loaders of their own. */
    private static final class Parent extends ClassLoader {
        private final List<ClassLoader> others;

        Parent(List<ClassLoader> others) {
            super(Program.class.getClassLoader());
            this.others = others;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ClassNotFoundException missing = new ClassNotFoundException(name);
            for (ClassLoader other : others) {
                try {
                    return other.loadClass(name);
                } catch (ClassNotFoundException elsewhere) {
                    missing.addSuppressed(elsewhere);
                }
            }
            throw missing;
        }
    }

    private ProgramCompiler() {}

    /** @param used classes whose loaders the source needs beside Laminar's own */
    static Compiled compile(String source, Set<Class<?>> used) {
        List<ClassLoader> loaders = used.stream()
                .map(Class::getClassLoader)
                .filter(loader -> loader != null && loader != Program.class.getClassLoader())
                .distinct()
                .toList();
        Key key = new Key(source, loaders);
        Compiled known = CACHE.get(key);
        if (known == null) {
            known = cook(source, loaders);
            CACHE.put(key, known);
        }
        return known;
    }

    private static Compiled cook(String source, List<ClassLoader> loaders) {
        SimpleCompiler compiler = new SimpleCompiler();
        compiler.setParentClassLoader(loaders.isEmpty() ? Program.class.getClassLoader() : new Parent(loaders));
        try {
            compiler.cook(source);
            Class<?> type = compiler.getClassLoader().loadClass(ProgramWriter.CLASS_NAME);
            byte[] bytes = classFile(compiler.getBytecodes());
            return new Compiled(
                    type.asSubclass(Program.class).getConstructor(Object[].class, byte[].class, String[].class),
                    bytes == null ? Map.of() : MethodSizes.of(bytes));
        } catch (InternalCompilerException e) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the expressions of one step are too large for one class: " + e.getMessage(),
                    null,
                    "split the query with a view over fewer columns or shorter lists",
                    e);
        } catch (CompileException | ReflectiveOperationException e) {
            throw new LaminarException(
                    ErrorCode.INTERNAL,
                    "generated code does not compile: " + e.getMessage() + "\n" + source,
                    null,
                    null,
                    e);
        }
    }

    private static byte @Nullable [] classFile(Map<String, byte[]> files) {
        return files.get(ProgramWriter.CLASS_NAME);
    }
}
