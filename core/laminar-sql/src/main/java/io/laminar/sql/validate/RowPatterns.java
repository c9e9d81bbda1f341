package io.laminar.sql.validate;

import io.laminar.plan.node.RowPattern;
import io.laminar.plan.node.RowPattern.Repeat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** Reads PATTERN. */
final class RowPatterns {
    /** Steps of a pattern, counted with repetitions written out. */
    private static final long MAX_STEPS = 1_000;

    private static final int MAX_PERMUTED = 6;

    private final PatternVariables variables;

    RowPatterns(PatternVariables variables) {
        this.variables = variables;
    }

    RowPattern read(SqlNode node) {
        RowPattern pattern = pattern(node);
        if (steps(pattern) > MAX_STEPS) {
            throw PatternVariables.invalid(
                    node,
                    "the pattern has more than " + MAX_STEPS + " steps when its repetitions are written out",
                    "use * or + with a condition on count(...) in DEFINE");
        }
        return pattern;
    }

    private RowPattern pattern(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            return new RowPattern.Variable(variables.number(name));
        }
        SqlCall call = (SqlCall) node;
        return switch (call.getKind()) {
            case PATTERN_CONCAT -> new RowPattern.Sequence(flat(call, SqlKind.PATTERN_CONCAT));
            case PATTERN_ALTER -> new RowPattern.Choice(flat(call, SqlKind.PATTERN_ALTER));
            case PATTERN_EXCLUDED -> new RowPattern.Excluded(pattern(call.operand(0)));
            case PATTERN_QUANTIFIER -> repeat(call);
            case PATTERN_PERMUTE -> permutations(call);
            default -> throw PatternVariables.invalid(node, "this is no pattern of rows", "PATTERN (a b+ c?)");
        };
    }

    private List<RowPattern> flat(SqlCall call, SqlKind kind) {
        List<RowPattern> parts = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (operand.getKind() == kind) {
                parts.addAll(flat((SqlCall) operand, kind));
            } else {
                parts.add(pattern(operand));
            }
        }
        return parts;
    }

    private RowPattern repeat(SqlCall call) {
        int least = bound(call.operand(1));
        int most = bound(call.operand(2));
        boolean reluctant = ((SqlLiteral) call.operand(3)).booleanValue();
        RowPattern body = pattern(call.operand(0));
        if (most == 0 || most != Repeat.UNLIMITED && most < least) {
            throw PatternVariables.invalid(
                    call,
                    most == 0
                            ? "a repetition of at most 0 rows"
                            : "a repetition of at least " + least + " and at most " + most,
                    "{2,5}, {2,}, {,5} or {3}");
        }
        return new Repeat(body, Math.max(0, least), most, !reluctant);
    }

    /** -1 stands for a bound that is left open. */
    private static int bound(SqlNode node) {
        BigDecimal value = ((SqlLiteral) node).bigDecimalValue();
        if (value == null
                || value.stripTrailingZeros().scale() > 0
                || value.compareTo(BigDecimal.valueOf(MAX_STEPS)) > 0) {
            throw PatternVariables.invalid(
                    node, "repetitions are counted in whole numbers up to " + MAX_STEPS, "{2,5}");
        }
        return value.intValueExact();
    }

    /** All orders of the parts, those that keep the first parts first coming first. */
    private RowPattern permutations(SqlCall call) {
        List<RowPattern> parts =
                call.getOperandList().stream().map(this::pattern).toList();
        if (parts.size() > MAX_PERMUTED) {
            throw PatternVariables.invalid(
                    call,
                    "PERMUTE of " + parts.size() + " parts has too many orders",
                    "permute at most " + MAX_PERMUTED + " parts");
        }
        List<RowPattern> orders = new ArrayList<>();
        permute(parts, new ArrayList<>(), new boolean[parts.size()], orders);
        return new RowPattern.Choice(orders);
    }

    private static void permute(
            List<RowPattern> parts, List<RowPattern> chosen, boolean[] used, List<RowPattern> orders) {
        if (chosen.size() == parts.size()) {
            orders.add(new RowPattern.Sequence(chosen));
            return;
        }
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                used[i] = true;
                chosen.add(parts.get(i));
                permute(parts, chosen, used, orders);
                chosen.remove(chosen.size() - 1);
                used[i] = false;
            }
        }
    }

    private static long steps(RowPattern pattern) {
        if (pattern instanceof RowPattern.Sequence sequence) {
            return sum(sequence.parts());
        } else if (pattern instanceof RowPattern.Choice choice) {
            return sum(choice.alternatives());
        } else if (pattern instanceof Repeat repeat) {
            long times = Math.max(1, Math.max(repeat.least() + 1L, repeat.most()));
            return Math.min(MAX_STEPS + 1, times * (steps(repeat.body()) + 1));
        } else if (pattern instanceof RowPattern.Excluded excluded) {
            return steps(excluded.body());
        }
        return 1;
    }

    private static long sum(List<RowPattern> parts) {
        long sum = 0;
        for (RowPattern part : parts) {
            sum = Math.min(MAX_STEPS + 1, sum + steps(part));
        }
        return sum;
    }

    /** The variables, as bits, that the first row of a match can have. */
    static long starts(RowPattern pattern) {
        if (pattern instanceof RowPattern.Variable variable) {
            return 1L << variable.variable();
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            long starts = 0;
            for (RowPattern part : sequence.parts()) {
                starts |= starts(part);
                if (!matchesNothing(part)) {
                    break;
                }
            }
            return starts;
        } else if (pattern instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().mapToLong(RowPatterns::starts).reduce(0, (a, b) -> a | b);
        } else if (pattern instanceof Repeat repeat) {
            return starts(repeat.body());
        }
        return starts(((RowPattern.Excluded) pattern).body());
    }

    private static boolean matchesNothing(RowPattern pattern) {
        if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence.parts().stream().allMatch(RowPatterns::matchesNothing);
        } else if (pattern instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().anyMatch(RowPatterns::matchesNothing);
        } else if (pattern instanceof Repeat repeat) {
            return repeat.least() == 0 || matchesNothing(repeat.body());
        }
        return pattern instanceof RowPattern.Excluded excluded && matchesNothing(excluded.body());
    }

    /** Whether a pattern has rows that are not given out. */
    static boolean excludes(RowPattern pattern) {
        if (pattern instanceof RowPattern.Sequence sequence) {
            return sequence.parts().stream().anyMatch(RowPatterns::excludes);
        } else if (pattern instanceof RowPattern.Choice choice) {
            return choice.alternatives().stream().anyMatch(RowPatterns::excludes);
        } else if (pattern instanceof Repeat repeat) {
            return excludes(repeat.body());
        }
        return pattern instanceof RowPattern.Excluded;
    }
}
