package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Schema;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions as users know them: with column names instead of positions, and not endless. */
final class ExpressionText {
    private static final int LONGEST = 200;
    private static final Pattern QUOTED_OR_INPUT = Pattern.compile("'(?:[^']|'')*'|\\$(\\d+)");

    private final Schema schema;

    ExpressionText(Schema schema) {
        this.schema = schema;
    }

    String of(Expression expression) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = QUOTED_OR_INPUT.matcher(expression.toString());
        while (matcher.find()) {
            String replacement = matcher.group(1) == null
                    ? matcher.group()
                    : schema.field(Integer.parseInt(matcher.group(1))).name();
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        matcher.appendTail(out);
        return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST) + "...";
    }
}
