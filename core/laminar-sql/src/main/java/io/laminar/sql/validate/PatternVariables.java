package io.laminar.sql.validate;

import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.sql.error.Places;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** The variables of a pattern and the names of SUBSET. */
final class PatternVariables {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Long> sets = new LinkedHashMap<>();

    /** The number of a variable in the pattern; a new name gets the next one. */
    int number(SqlIdentifier name) {
        String key = key(name.getSimple());
        Long known = sets.get(key);
        if (known != null) {
            return Long.numberOfTrailingZeros(known);
        }
        if (names.size() == MatchNode.MAX_VARIABLES) {
            throw invalid(
                    name,
                    "a pattern has at most " + MatchNode.MAX_VARIABLES + " variables",
                    "match part of it in a query below");
        }
        names.add(name.getSimple());
        sets.put(key, 1L << (names.size() - 1));
        return names.size() - 1;
    }

    /** Adds {@code SUBSET name = (variables), ...}. */
    void subsets(SqlNodeList subsets) {
        Map<String, Long> added = new LinkedHashMap<>();
        for (SqlNode node : subsets) {
            SqlCall subset = (SqlCall) Objects.requireNonNull(node);
            SqlIdentifier name = subset.operand(0);
            long variables = 0;
            for (SqlNode member : (SqlNodeList) subset.operand(1)) {
                if (!(member instanceof SqlIdentifier id) || !id.isSimple()) {
                    throw invalid(
                            Objects.requireNonNull(member),
                            "SUBSET lists variables of the pattern",
                            "SUBSET u = (a, b)");
                }
                variables |= 1L << named(id);
            }
            String key = key(name.getSimple());
            if (sets.containsKey(key) || added.put(key, variables) != null) {
                throw new LaminarException(
                        ErrorCode.DUPLICATE_NAME,
                        "'" + name.getSimple() + "' is the name of another variable",
                        Places.of(name),
                        null,
                        null);
            }
        }
        sets.putAll(added);
    }

    /** The number of a variable that must be in the pattern. */
    int named(SqlIdentifier name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name.getSimple())) {
                return i;
            }
        }
        throw unknown(name, names);
    }

    /** The variables that a name stands for; null if it is none. */
    @Nullable
    Long find(String name) {
        return sets.get(key(name));
    }

    /** As {@link #find} for a name that must be one. */
    long set(SqlIdentifier name) {
        Long found = find(name.getSimple());
        if (found == null) {
            List<String> known = new ArrayList<>(names);
            known.addAll(sets.keySet());
            throw unknown(name, known);
        }
        return found;
    }

    private static LaminarException unknown(SqlIdentifier name, List<String> known) {
        String hint = NearestName.hint(name.getSimple(), known);
        return invalid(
                name,
                "the pattern has no variable '" + name.getSimple() + "'",
                hint != null ? hint : "its variables are " + String.join(", ", known));
    }

    /** Variables by number. */
    List<String> names() {
        return names;
    }

    /** The name of a set, for messages. */
    String text(long variables) {
        if (variables == MatchValue.ALL) {
            return "all rows";
        }
        return sets.entrySet().stream()
                .filter(entry -> entry.getValue() == variables)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static LaminarException invalid(SqlNode node, String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.INVALID_PATTERN, reason, Places.of(node), hint, null);
    }
}
