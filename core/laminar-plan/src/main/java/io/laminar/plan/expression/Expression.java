package io.laminar.plan.expression;

import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value computed from one row. All conversions are explicit: arguments have the type the operation computes in. Equal
 * expressions have equal values, except volatile functions.
 */
public sealed interface Expression extends Serializable {

    DataType type();

    boolean nullable();

    <R> R accept(ExpressionVisitor<R> visitor);

    /** A column of the input. */
    record Input(int index, DataType type, boolean nullable) implements Expression {
        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitInput(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /** The hidden event time of the row, a TIMESTAMP. */
    record Rowtime() implements Expression {
        @Override
        public DataType type() {
            return Scalar.TIMESTAMP;
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitRowtime(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /** A member of a struct; null where the struct is. */
    record Member(Expression struct, int index, DataType type, boolean nullable) implements Expression {
        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitMember(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /** A constant, in the form of {@link io.laminar.spi.batch.Values}. Its value must be serialisable. */
    record Literal(@Nullable Object value, DataType type) implements Expression {
        @Override
        public boolean nullable() {
            return value == null;
        }

        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitLiteral(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /** An operation built into the compiler of expressions. */
    record Call(Operation operation, List<Expression> arguments, DataType type, boolean nullable)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitCall(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /**
     * A declared function. The arguments have the types of the signature's parameters.
     *
     * @param signature the text of the overload, its identity together with the name
     * @param user the function, if a user declared it
     */
    record FunctionCall(
            String name,
            String signature,
            List<Expression> arguments,
            DataType type,
            boolean nullable,
            @Nullable UserFunction user)
            implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }

        /** A call of a function that comes with Laminar. */
        public FunctionCall(
                String name, String signature, List<Expression> arguments, DataType type, boolean nullable) {
            this(name, signature, arguments, type, nullable, null);
        }

        /** The same call with other arguments. */
        public FunctionCall withArguments(List<Expression> others) {
            return new FunctionCall(name, signature, others, type, nullable, user);
        }

        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitFunctionCall(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /**
     * A conversion to another type.
     *
     * @param lenient whether a value that cannot be converted becomes NULL instead of failing
     */
    record Cast(Expression argument, DataType type, boolean nullable, boolean lenient) implements Expression {
        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitCast(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }

    /** The value of the first branch whose condition is true; otherwise the last value. Only that value is computed. */
    record Case(List<Branch> branches, Expression otherwise, DataType type, boolean nullable) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        /** @param condition BOOLEAN; NULL counts as false */
        public record Branch(Expression condition, Expression value) implements Serializable {}

        @Override
        public <R> R accept(ExpressionVisitor<R> visitor) {
            return visitor.visitCase(this);
        }

        @Override
        public String toString() {
            return ExpressionText.numbered(this);
        }
    }
}
