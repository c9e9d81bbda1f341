package io.laminar.execution.expression;

import io.laminar.execution.expression.kernel.TextPattern;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;

/** Pattern matches and concatenation. */
final class TextEmitter {
    private static final String PATTERN = "io.laminar.execution.expression.kernel.TextPattern";
    private static final String KERNEL = "io.laminar.execution.expression.kernel.Concatenation.";

    private final Emitter emitter;

    TextEmitter(Emitter emitter) {
        this.emitter = emitter;
    }

    Register emit(Call call) {
        return switch (call.operation()) {
            case LIKE -> matches(call, TextPattern.Kind.LIKE);
            case ILIKE -> matches(call, TextPattern.Kind.ILIKE);
            case SIMILAR_TO -> matches(call, TextPattern.Kind.SIMILAR_TO);
            default -> concat(call);
        };
    }

    private Register matches(Call call, TextPattern.Kind kind) {
        List<Expression> arguments = call.arguments();
        Register text = emitter.emit(arguments.get(0));
        Object escapeText = arguments.size() > 2 ? Emitter.constantOf(arguments.get(2)) : "\\";
        String escape = escapeText == null ? "" : escapeText.toString();
        Object constant = Emitter.constantOf(arguments.get(1));
        if (constant != null) {
            String pattern = emitter.program()
                    .constants()
                    .field(
                            List.of(kind, constant.toString(), escape),
                            TextPattern.class,
                            () -> TextPattern.of(kind, constant.toString(), escape));
            return emitter.guarded(
                    Scalar.BOOLEAN,
                    List.of(text),
                    false,
                    target -> emitter.line(target.value() + " = " + pattern + ".matches(" + text.arguments() + ");"));
        }
        Register pattern = emitter.emit(arguments.get(1));
        return emitter.guarded(Scalar.BOOLEAN, List.of(text, pattern), false, target -> {
            String memo = emitter.program().register("io.laminar.execution.expression.kernel.PreparedText");
            String escapes = emitter.program().constants().field(List.of(escape), String.class, () -> escape);
            emitter.line("if (" + memo + ".differs(" + pattern.arguments() + ")) " + memo + ".value = " + PATTERN
                    + ".of(" + PATTERN + ".Kind." + kind + ", " + memo + ".text().toString(), " + escapes + ");");
            emitter.line(
                    target.value() + " = ((" + PATTERN + ") " + memo + ".value).matches(" + text.arguments() + ");");
        });
    }

    private Register concat(Call call) {
        List<Register> texts = emitter.emitAll(call.arguments());
        return emitter.guarded(call.type(), texts, false, target -> {
            String slice = emitter.program().register("io.laminar.spi.batch.Slice");
            String total = emitter.fresh("w");
            String lengths = String.join(
                    " + ", texts.stream().map(t -> "(long) " + t.part(2)).toList());
            emitter.line("int " + total + " = " + KERNEL + "room(" + lengths + ");");
            emitter.line("byte[] " + total + "b = " + slice + ".reserve(" + total + ");");
            String at = total + "p";
            emitter.line("int " + at + " = 0;");
            for (Register text : texts) {
                emitter.line("System.arraycopy(" + text.part(0) + ", " + text.part(1) + ", " + total + "b, " + at + ", "
                        + text.part(2) + ");");
                emitter.line(at + " += " + text.part(2) + ";");
            }
            emitter.line(slice + ".length(" + total + ");");
            CastEmitter.takeSlice(emitter, slice, target);
        });
    }
}
