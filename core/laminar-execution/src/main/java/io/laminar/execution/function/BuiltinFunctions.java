package io.laminar.execution.function;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionProvider;
import java.util.ArrayList;
import java.util.List;

/** The functions that come with Laminar. */
public final class BuiltinFunctions implements FunctionProvider {
    /** Every class with {@link io.laminar.spi.function.SqlFunction} methods. */
    static final List<Class<?>> CLASSES = List.of(
            ConditionalFunctions.class,
            MathFunctions.class,
            ExactMathFunctions.class,
            TrigonometryFunctions.class,
            TextFunctions.class,
            TrimFunctions.class,
            TextPartFunctions.class,
            TextSearchFunctions.class,
            TextEditFunctions.class,
            CodingFunctions.class,
            RegexFunctions.class,
            HashFunctions.class,
            JsonGetFunctions.class,
            JsonFunctions.class,
            JsonBuildFunctions.class,
            ArrayFunctions.class,
            ElementFunctions.class,
            SequenceFunctions.class,
            MapFunctions.class,
            UrlFunctions.class,
            FormatFunctions.class,
            TimeFunctions.class,
            TimeFieldFunctions.class,
            TimeTextFunctions.class);

    @Override
    public List<FunctionDeclaration> functions() {
        List<FunctionDeclaration> all =
                new ArrayList<>(FunctionRegistry.builtin().declarations());
        all.addAll(AggregateDeclarations.ALL);
        return List.copyOf(all);
    }
}
