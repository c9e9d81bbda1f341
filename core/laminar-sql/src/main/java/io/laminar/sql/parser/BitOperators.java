package io.laminar.sql.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Operators on bits. They bind alike, tighter than comparisons and looser than arithmetic, as in Postgres. */
public final class BitOperators {

    private static final int PRECEDENCE = 36;

    /** Bits set in both. */
    public static final SqlBinaryOperator AND = binary("&");

    /** Bits set in either. */
    public static final SqlBinaryOperator OR = binary("|");

    /** Bits moved to the left. */
    public static final SqlBinaryOperator SHIFT_LEFT = binary("<<");

    /** Bits moved to the right, keeping the sign. */
    public static final SqlBinaryOperator SHIFT_RIGHT = binary(">>");

    private BitOperators() {}

    private static SqlBinaryOperator binary(String sign) {
        return new SqlBinaryOperator(
                sign,
                SqlKind.OTHER,
                PRECEDENCE,
                true,
                ReturnTypes.ARG0_NULLABLE,
                InferTypes.FIRST_KNOWN,
                OperandTypes.ANY_ANY);
    }
}
