package io.laminar.execution.user;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserCode;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunctionCompiler;
import io.laminar.spi.function.UserFunctionText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** {@code LANGUAGE java}: the compiler of the JDK, in this process. */
public final class JavaFunctionCompiler implements UserFunctionCompiler {
    private static final List<String> OPTIONS =
            List.of("-source", "17", "-target", "17", "-proc:none", "-parameters", "-g", "-Xlint:none", "-nowarn");

    @Override
    public String language() {
        return "java";
    }

    @Override
    public UserFunction compile(UserFunctionText text) {
        JavaText java = new JavaText(text);
        Map<String, byte[]> classes = classes(java);
        UserCode code = new UserCode(text.pipeline(), java.className(), text.source(), classes);
        UserFunction function =
                new UserFunction(text.name(), text.kind(), text.parameters(), text.result(), text.calls(), code, false);
        try {
            UserMethods.check(function);
        } catch (LaminarException e) {
            throw e.at(java.place(0, 0));
        }
        return function;
    }

    private static Map<String, byte[]> classes(JavaText java) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new LaminarException(
                    ErrorCode.FUNCTION_NOT_COMPILED,
                    "this Java has no compiler",
                    "run Laminar with a JDK instead of a JRE; workers need none");
        }
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        ClassFiles files = new ClassFiles(compiler.getStandardFileManager(messages, Locale.ROOT, null));
        boolean compiled = compiler.getTask(
                        null,
                        files,
                        messages,
                        OPTIONS,
                        null,
                        List.of(ClassFiles.source(java.className(), java.source())))
                .call();
        if (!compiled) {
            throw error(java, messages.getDiagnostics());
        }
        return files.classes();
    }

    private static LaminarException error(JavaText java, List<Diagnostic<? extends JavaFileObject>> messages) {
        List<Diagnostic<? extends JavaFileObject>> errors = messages.stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        Diagnostic<? extends JavaFileObject> first = errors.get(0);
        String reason = first.getMessage(Locale.ROOT).strip().replaceAll("\\s*\\R\\s*", "; ");
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return new LaminarException(
                ErrorCode.FUNCTION_NOT_COMPILED,
                reason + more,
                java.place(first.getPosition(), first.getPosition() + 1),
                null,
                null);
    }
}
