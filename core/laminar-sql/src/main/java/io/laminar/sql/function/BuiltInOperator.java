package io.laminar.sql.function;

import io.laminar.plan.expression.Operation;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.OperatorTyping;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An operation that the compiler of expressions knows itself. */
public final class BuiltInOperator extends LaminarOperator {
    private static final Map<Operation, BuiltInOperator> ALL = new EnumMap<>(Operation.class);

    static {
        for (Operation operation : Operation.values()) {
            ALL.put(operation, new BuiltInOperator(operation));
        }
    }

    private final Operation operation;

    private BuiltInOperator(Operation operation) {
        super(operation.name());
        this.operation = operation;
    }

    public static BuiltInOperator of(Operation operation) {
        return java.util.Objects.requireNonNull(ALL.get(operation));
    }

    public Operation operation() {
        return operation;
    }

    @Override
    protected Typed type(List<Operand> operands, List<Boolean> nullable) {
        return new Typed(OperatorTyping.resolve(operation, operands).result(), isNullable(operation, nullable));
    }

    /** Whether a result can be NULL, given which arguments can. */
    public static boolean isNullable(Operation operation, List<Boolean> nullable) {
        return switch (operation) {
            case IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE,
                    DISTINCT,
                    NOT_DISTINCT,
                    STRUCT,
                    ARRAY,
                    MAP -> false;
            case ELEMENT -> true;
            case COALESCE -> !nullable.contains(false);
            default -> nullable.contains(true);
        };
    }
}
