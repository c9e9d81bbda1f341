package io.laminar.sql.parser;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** The switches of Calcite's grammar and validator as the dialect has them: Babel's, without its odder corners. */
public final class LaminarConformance extends SqlDelegatingConformance {

    public static final SqlConformance INSTANCE = new LaminarConformance();

    private LaminarConformance() {
        super(SqlConformanceEnum.BABEL);
    }

    /** A string is never a column's name. */
    @Override
    public boolean allowCharLiteralAlias() {
        return false;
    }

    /** {@code a:b} means nothing; {@code a -> 'b'} reads a field of JSON. */
    @Override
    public boolean isColonFieldAccessAllowed() {
        return false;
    }

    /** A quoted name is one name, dots included. */
    @Override
    public boolean splitQuotedTableName() {
        return false;
    }

    @Override
    public boolean allowHyphenInUnquotedTableName() {
        return false;
    }

    /** Lets the grammar read UNSIGNED; the parser turns it into a signed type that remembers the word. */
    @Override
    public boolean supportsUnsignedTypes() {
        return true;
    }

    /** {@code ROW(a, b)} is a value. */
    @Override
    public boolean allowExplicitRowValueConstructor() {
        return true;
    }
}
