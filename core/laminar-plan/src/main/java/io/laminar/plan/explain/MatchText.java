package io.laminar.plan.explain;

import io.laminar.plan.expression.ExpressionText;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.RowPattern;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a {@link MatchNode} looks for, as it would be written in SQL. */
final class MatchText {
    private final MatchNode node;
    private final Schema input;

    MatchText(MatchNode node) {
        this.node = node;
        this.input = node.input().schema();
    }

    List<String> details() {
        List<String> details = new ArrayList<>();
        details.add("pattern (" + (node.atStart() ? "^ " : "") + pattern(node.pattern()) + (node.atEnd() ? " $" : "")
                + ")");
        if (node.within() > 0) {
            details.add("within " + Spans.text(node.within()));
        }
        String conditions = conditions();
        if (!conditions.isEmpty()) {
            details.add("where [" + conditions + "]");
        }
        details.add("skip " + skip());
        details.add(node.allRows() ? "all rows" : "one row");
        details.add("[" + measures() + "]");
        return details;
    }

    private String conditions() {
        List<String> conditions = new ArrayList<>();
        for (int v = 0; v < node.variables().size(); v++) {
            MatchFrame condition = node.conditions().get(v);
            if (!condition.values().isEmpty()) {
                conditions.add(
                        node.variables().get(v) + " = " + texts(condition).get(0));
            }
        }
        return String.join(", ", conditions);
    }

    private String measures() {
        List<String> texts = texts(node.measures());
        List<String> measures = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String name = node.schema().field(i).name();
            measures.add(texts.get(i).equals(name) ? name : name + " = " + texts.get(i));
        }
        return String.join(", ", measures);
    }

    private List<String> texts(MatchFrame frame) {
        ExpressionText text = new ExpressionText(i -> value(frame.values().get(i)));
        return frame.expressions().stream().map(e -> e.accept(text)).toList();
    }

    private String value(MatchValue value) {
        if (value instanceof MatchValue.Navigation to) {
            return navigation(to);
        } else if (value instanceof MatchValue.OwnColumn own) {
            return input.field(own.column()).name();
        } else if (value instanceof MatchValue.Aggregate aggregate) {
            ExpressionText arguments =
                    new ExpressionText(i -> i < input.size() ? input.field(i).name() : "classifier()");
            String list = aggregate.arguments().stream()
                    .map(argument -> argument.accept(arguments))
                    .collect(Collectors.joining(", "));
            String rows = aggregate.variables() == MatchValue.ALL ? "" : " of " + names(aggregate.variables());
            return whole(aggregate.whole()) + aggregate.function() + "(" + (aggregate.distinct() ? "distinct " : "")
                    + (list.isEmpty() ? "*" : list) + rows + ")";
        }
        return "match_number()";
    }

    private String navigation(MatchValue.Navigation to) {
        String of = to.variables() == MatchValue.ALL ? "" : names(to.variables()) + ".";
        String text =
                switch (to.column()) {
                    case MatchValue.Navigation.EXISTS -> of + "exists";
                    case MatchValue.Navigation.ROWTIME -> of + "row_time()";
                    case MatchValue.Navigation.CLASSIFIER -> of + "classifier()";
                    default -> of + input.field(to.column()).name();
                };
        if (to.first() || to.offset() > 0) {
            text = (to.first() ? "first(" : "last(") + text + (to.offset() > 0 ? ", " + to.offset() : "") + ")";
        }
        text = whole(to.whole()) + text;
        if (to.shift() == 0) {
            return text;
        }
        int steps = Math.abs(to.shift());
        return (to.shift() < 0 ? "prev(" : "next(") + text + (steps > 1 ? ", " + steps : "") + ")";
    }

    private String whole(boolean whole) {
        return whole && node.allRows() ? "final " : "";
    }

    private String names(long variables) {
        List<String> names = new ArrayList<>();
        for (int v = 0; v < node.variables().size(); v++) {
            if ((variables >>> v & 1) != 0) {
                names.add(node.variables().get(v));
            }
        }
        return names.size() == 1 ? names.get(0) : "(" + String.join(", ", names) + ")";
    }

    private String skip() {
        return switch (node.skip().kind()) {
            case PAST_LAST_ROW -> "past last row";
            case TO_NEXT_ROW -> "to next row";
            case TO_FIRST -> "to first " + names(node.skip().variables());
            case TO_LAST -> "to last " + names(node.skip().variables());
        };
    }

    private String pattern(RowPattern pattern) {
        if (pattern instanceof RowPattern.Variable variable) {
            return node.variables().get(variable.variable());
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence.parts().isEmpty()
                    ? "()"
                    : sequence.parts().stream().map(this::grouped).collect(Collectors.joining(" "));
        } else if (pattern instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().map(this::pattern).collect(Collectors.joining(" | "));
        } else if (pattern instanceof RowPattern.Repeat repeat) {
            boolean nested = repeat.body() instanceof RowPattern.Repeat;
            String body = nested ? "(" + pattern(repeat.body()) + ")" : grouped(repeat.body());
            return body + quantifier(repeat) + (repeat.greedy() ? "" : "?");
        }
        return "{- " + pattern(((RowPattern.Excluded) pattern).body()) + " -}";
    }

    private String grouped(RowPattern pattern) {
        boolean open = pattern instanceof RowPattern.Sequence || pattern instanceof RowPattern.Choice;
        return open ? "(" + pattern(pattern) + ")" : pattern(pattern);
    }

    private static String quantifier(RowPattern.Repeat repeat) {
        if (repeat.most() == RowPattern.Repeat.UNLIMITED) {
            return repeat.least() == 0 ? "*" : repeat.least() == 1 ? "+" : "{" + repeat.least() + ",}";
        }
        if (repeat.least() == 0 && repeat.most() == 1) {
            return "?";
        }
        return repeat.least() == repeat.most()
                ? "{" + repeat.least() + "}"
                : "{" + repeat.least() + "," + repeat.most() + "}";
    }
}
