package io.laminar.sql.subquery;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;

/** UNNEST as a query inside: it needs no join, for its rows stay where the row around is. */
public final class Elements {

    private Elements() {}

    /** Whether rows are made of nothing but the elements of collections of the row around, or of constants. */
    public static boolean isElements(RelNode query) {
        RelNode below = query;
        while (below instanceof Project || below instanceof Filter) {
            below = below.getInput(0);
        }
        if (!(below instanceof Uncollect uncollect)) {
            return false;
        }
        RelNode source = uncollect.getInput();
        while (source instanceof Project) {
            source = source.getInput(0);
        }
        return source instanceof Values values && values.getTuples().size() == 1;
    }
}
