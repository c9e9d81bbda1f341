package io.laminar.connector.probe;

import io.laminar.connector.Connector;
import io.laminar.connector.TableUse;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A connector whose outside system can be asked without a job. Its methods block, and are called on a thread that is
 * interrupted when the caller's patience ends; {@link Probes} is the door to them.
 */
public interface ProbingConnector extends Connector {

    /**
     * Connects for real.
     *
     * @param connection options that {@linkplain io.laminar.spi.option.Option#connection belong to connections}, and
     *     whatever else a profile says
     * @throws io.laminar.spi.error.LaminarException that says why not, such as UNREACHABLE or ACCESS_DENIED
     */
    SystemReport reach(OptionValues connection);

    /**
     * Facts about what a table names, once {@link Connector#check} has found that it is there, for example
     * {@code partitions} and {@code 6}.
     *
     * @throws io.laminar.spi.error.LaminarException ACCESS_DENIED and others, if it cannot be used as wanted
     */
    default Map<String, String> facts(TableDescriptor table, TableUse use) {
        return Map.of();
    }

    /** The kinds of names that {@link #suggest} knows, for example {@code topics}. */
    default Set<String> suggestionKinds() {
        return Set.of();
    }

    /** Names that begin like what somebody types, in order; at most {@link SuggestionQuery#limit}. */
    default List<Suggestion> suggest(OptionValues connection, SuggestionQuery query) {
        return List.of();
    }
}
