package io.laminar.sql.error;

import io.laminar.spi.error.Place;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calcite's positions as places. */
public final class Places {

    private Places() {}

    public static Place.Sql of(SqlNode node) {
        return of(node.getParserPosition());
    }

    public static Place.Sql of(SqlParserPos position) {
        return new Place.Sql(
                position.getLineNum(), position.getColumnNum(), position.getEndLineNum(), position.getEndColumnNum());
    }
}
