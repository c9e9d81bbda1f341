package io.laminar.sql.validate;

import io.laminar.sql.parser.LaminarConformance;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** The switches of Calcite's validator: what the parser allows, but with standard rules for grouping. */
final class Conformance extends SqlDelegatingConformance {
    static final SqlConformance INSTANCE = new Conformance();

    private Conformance() {
        super(LaminarConformance.INSTANCE);
    }

    @Override
    public boolean isNonStrictGroupBy() {
        return false;
    }

    @Override
    public boolean isGroupByAlias() {
        return true;
    }

    @Override
    public boolean isGroupByOrdinal() {
        return true;
    }

    @Override
    public boolean isHavingAlias() {
        return true;
    }

    @Override
    public boolean isSortByAlias() {
        return true;
    }

    @Override
    public boolean isSortByOrdinal() {
        return true;
    }

    @Override
    public SelectAliasLookup isSelectAlias() {
        return SelectAliasLookup.UNSUPPORTED;
    }

    @Override
    public boolean allowLenientCoercion() {
        return false;
    }
}
