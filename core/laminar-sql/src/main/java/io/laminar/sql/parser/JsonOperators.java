package io.laminar.sql.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/**
 * Operators on JSON. They bind tighter than arithmetic and {@code ||}, so that {@code a || j ->> 'b'} joins two texts,
 * and looser than {@code ::}, as in Postgres.
 */
public final class JsonOperators {

    private static final int PRECEDENCE = 70;

    /** {@code json -> key or index}: the member or element as JSON, NULL where there is none. */
    public static final SqlBinaryOperator GET = binary("->", ReturnTypes.ARG0_FORCE_NULLABLE);

    /** {@code json ->> key or index}: the member or element as text, NULL where there is none. */
    public static final SqlBinaryOperator GET_TEXT = binary("->>", ReturnTypes.VARCHAR_FORCE_NULLABLE);

    /** {@code json ? key}: whether the object has the member. */
    public static final SqlBinaryOperator HAS_KEY = binary("?", ReturnTypes.BOOLEAN_NULLABLE);

    private JsonOperators() {}

    private static SqlBinaryOperator binary(String sign, SqlReturnTypeInference type) {
        return new SqlBinaryOperator(
                sign, SqlKind.OTHER, PRECEDENCE, true, type, InferTypes.FIRST_KNOWN, OperandTypes.ANY_ANY);
    }
}
