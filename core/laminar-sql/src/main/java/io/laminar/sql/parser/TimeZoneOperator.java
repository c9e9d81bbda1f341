package io.laminar.sql.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * {@code time AT TIME ZONE zone}: the instant of a local time, or the local time at an instant. Binds tighter than
 * arithmetic and looser than {@code ::}, as in Postgres.
 */
public final class TimeZoneOperator {

    private static final int PRECEDENCE = 70;

    public static final SqlBinaryOperator INSTANCE = new SqlBinaryOperator(
            "AT TIME ZONE",
            SqlKind.OTHER,
            PRECEDENCE,
            true,
            ReturnTypes.ARG0_NULLABLE,
            InferTypes.FIRST_KNOWN,
            OperandTypes.ANY_ANY);

    private TimeZoneOperator() {}
}
