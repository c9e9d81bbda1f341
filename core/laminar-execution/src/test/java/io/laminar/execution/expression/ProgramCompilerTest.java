package io.laminar.execution.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class ProgramCompilerTest {
    private static final Schema SCHEMA = Ex.schema(Scalar.BIGINT, Scalar.TEXT);

    private static final String SOURCE =
            "package %s; public final class %s extends io.laminar.execution.expression.Program {"
                    + " public %s(Object[] a, byte[] b, String[] c) { super(a, b, c); }"
                    + " protected int run(int loop, int size, int[] selection, io.laminar.spi.batch.Column[] out) { return %d; } }";

    private static String source(int answer) {
        int dot = ProgramWriter.CLASS_NAME.lastIndexOf('.');
        String name = ProgramWriter.CLASS_NAME.substring(dot + 1);
        return String.format(SOURCE, ProgramWriter.CLASS_NAME.substring(0, dot), name, name, answer);
    }

    @Test
    void equalSourceIsCompiledOnce() {
        assertSame(ProgramCompiler.compile(source(1), Set.of()), ProgramCompiler.compile(source(1), Set.of()));
        assertNotSame(ProgramCompiler.compile(source(1), Set.of()), ProgramCompiler.compile(source(2), Set.of()));
    }

    @Test
    void theLeastRecentlyUsedIsForgotten() {
        ProgramCompiler.Compiled first = ProgramCompiler.compile(source(1), Set.of());
        for (int i = 100; i < 240; i++) {
            ProgramCompiler.compile(source(i), Set.of());
        }
        assertNotSame(first, ProgramCompiler.compile(source(1), Set.of()));
    }

    @Test
    void manyThreadsCompileAndRunAtOnce() throws Exception {
        Batch batch = Ex.batch(SCHEMA, List.of(Ex.row(20L, "a"), Ex.row(22L, null)));
        ExpressionCompiler compiler = new ExpressionCompiler(FunctionRegistry.of(List.of()));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<List<Object>>>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Expression sum = Ex.call(Operation.ADD, Scalar.BIGINT, Ex.in(SCHEMA, 0), Ex.lit(i % 5L));
                Expression label = Ex.call(Operation.CONCAT, Scalar.TEXT, Ex.in(SCHEMA, 1), Ex.cast(sum, Scalar.TEXT));
                tasks.add(() -> Ex.rows(
                        compiler.compile(SCHEMA, null, List.of(sum, label), null)
                                .evaluate(batch, Ex.CONTEXT),
                        List.of(Scalar.BIGINT, Scalar.TEXT)));
            }
            int i = 0;
            for (Future<List<List<Object>>> result : threads.invokeAll(tasks)) {
                long add = i++ % 5;
                assertEquals(List.of(Ex.row(20 + add, "a" + (20 + add)), Ex.row(22 + add, null)), result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void functionsWithAClassLoaderOfTheirOwn() throws Exception {
        Class<?> type = new UserCode("user.Doubling", """
                package user;
                public final class Doubling {
                    @io.laminar.spi.function.SqlFunction(value = "doubled(bigint) -> bigint",
                        category = io.laminar.spi.function.FunctionCategory.MATH, description = "Twice.")
                    public static long eval(long x) { return 2 * x; }
                }
                """).load();
        ExpressionCompiler compiler = new ExpressionCompiler(FunctionRegistry.of(List.of(type)));
        Expression call = new Expression.FunctionCall(
                "doubled", "doubled(bigint) -> bigint", List.of(Ex.in(SCHEMA, 0)), Scalar.BIGINT, true);
        Batch batch = Ex.batch(SCHEMA, List.of(Ex.row(21L, null), Ex.row(null, null)));
        assertEquals(
                List.of(Ex.row(42L), Ex.row((Object) null)),
                Ex.rows(
                        compiler.compile(SCHEMA, null, List.of(call), null).evaluate(batch, Ex.CONTEXT),
                        List.of(Scalar.BIGINT)));
    }

    @Test
    void thousandsOfProjections() {
        List<Expression> projections = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            Expression sum = Ex.call(Operation.ADD, Scalar.BIGINT, Ex.in(SCHEMA, 0), Ex.lit((long) i));
            projections.add(Ex.call(Operation.CONCAT, Scalar.TEXT, Ex.in(SCHEMA, 1), Ex.cast(sum, Scalar.TEXT)));
        }
        CompiledExpressions compiled = ExpressionCompiler.builtin().compile(SCHEMA, null, projections, null);
        Batch result = compiled.evaluate(Ex.batch(SCHEMA, List.of(Ex.row(1L, "x"))), Ex.CONTEXT);
        assertEquals(
                "x800",
                Ex.rows(result, Collections.nCopies(800, Scalar.TEXT)).get(0).get(799));
    }

    /** Compiles a class in memory, as user functions will be. */
    private static final class UserCode extends ClassLoader {
        private final String name;
        private final String source;
        private final Map<String, java.io.ByteArrayOutputStream> files = new java.util.HashMap<>();

        UserCode(String name, String source) {
            super(ProgramCompilerTest.class.getClassLoader());
            this.name = name;
            this.source = source;
        }

        Class<?> load() throws Exception {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            JavaFileManager manager =
                    new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
                        @Override
                        public JavaFileObject getJavaFileForOutput(
                                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                            return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
                                @Override
                                public java.io.OutputStream openOutputStream() {
                                    return files.computeIfAbsent(className, c -> new java.io.ByteArrayOutputStream());
                                }
                            };
                        }
                    };
            SimpleJavaFileObject file =
                    new SimpleJavaFileObject(URI.create("string:///user/Doubling.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
            boolean done = compiler.getTask(null, manager, null, options, null, List.of(file))
                    .call();
            if (!done) {
                throw new IllegalStateException("user code does not compile");
            }
            return loadClass(name);
        }

        @Override
        protected Class<?> findClass(String className) throws ClassNotFoundException {
            java.io.ByteArrayOutputStream bytes = files.get(className);
            if (bytes == null) {
                throw new ClassNotFoundException(className);
            }
            return defineClass(className, bytes.toByteArray(), 0, bytes.size());
        }
    }
}
