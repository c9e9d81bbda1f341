package io.laminar.sql.validate;

import io.laminar.plan.PipelineSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.sql.catalog.OptionReader;
import io.laminar.sql.error.Places;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.hint.HintPredicates;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.rel.hint.Hintable;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** The hint {@code ttl('1 hour')} of a SELECT: how long its operators, and those of the queries in it, keep state. */
public final class Hints {
    private static final String TTL = "ttl";

    private Hints() {}

    static HintStrategyTable strategies() {
        return HintStrategyTable.builder()
                .hintStrategy(
                        TTL,
                        HintPredicates.or(
                                HintPredicates.PROJECT,
                                HintPredicates.AGGREGATE,
                                HintPredicates.JOIN,
                                HintPredicates.FILTER,
                                HintPredicates.SETOP,
                                HintPredicates.SORT))
                .build();
    }

    /** @throws LaminarException UNSUPPORTED_SQL for hints that do not exist, INVALID_OPTION for a value that is none */
    static void check(SqlSelect select) {
        if (!select.hasHints()) {
            return;
        }
        for (SqlNode node : select.getHints()) {
            SqlHint hint = (SqlHint) java.util.Objects.requireNonNull(node);
            if (!hint.getName().equalsIgnoreCase(TTL)) {
                String nearest = NearestName.hint(hint.getName(), List.of(TTL));
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "there is no hint '" + hint.getName() + "'",
                        Places.of(hint),
                        nearest != null ? nearest : "the hint is ttl('1 hour')",
                        null);
            }
            if (hint.getOptionFormat() != SqlHint.HintOptionFormat.LITERAL_LIST
                    || hint.getOptionList().size() != 1) {
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "the hint ttl takes one interval as text",
                        Places.of(hint),
                        "write ttl('1 hour'), or ttl('0 seconds') to keep state for ever",
                        null);
            }
            try {
                OptionReader.read(
                        PipelineSettings.UPDATING_TTL, hint.getOptionList().get(0));
            } catch (LaminarException e) {
                throw e.at(Places.of(hint));
            }
        }
    }

    /** The time to live that a hint gives a node, microseconds; null if none does. */
    public static @Nullable Long ttl(RelNode node) {
        if (node instanceof Hintable hintable) {
            for (RelHint hint : hintable.getHints()) {
                if (hint.hintName.equalsIgnoreCase(TTL) && hint.listOptions.size() == 1) {
                    return (Long) OptionReader.read(PipelineSettings.UPDATING_TTL, hint.listOptions.get(0));
                }
            }
        }
        // A filter on a rank is planned with the ranking below it, which is what bears the hint.
        return node instanceof Filter filter ? ttl(filter.getInput()) : null;
    }
}
