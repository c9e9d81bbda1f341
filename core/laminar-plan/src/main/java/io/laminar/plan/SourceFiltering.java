package io.laminar.plan;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.table.TableDescriptor;
import java.util.ServiceLoader;

/** Which conditions sources can make use of. Plans know no connectors: it is found by {@link ServiceLoader}. */
@FunctionalInterface
public interface SourceFiltering {

    /** Sources give all their rows. */
    SourceFiltering NONE = (table, condition, timed) -> false;

    /**
     * Whether a source leaves out rows that do not meet a condition, some of them at least.
     *
     * @param timed whether it has to say how far time went in them
     */
    boolean uses(TableDescriptor table, ColumnCondition condition, boolean timed);

    /** What the connectors on the class path say. */
    static SourceFiltering installed() {
        return ServiceLoader.load(SourceFiltering.class, SourceFiltering.class.getClassLoader())
                .findFirst()
                .orElse(NONE);
    }
}
