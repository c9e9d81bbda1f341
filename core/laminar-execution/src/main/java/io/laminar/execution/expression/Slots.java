package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns generated code reads: inputs and members of inputs, found once per batch. */
final class Slots {
    private final List<Path> paths = new ArrayList<>();
    private final List<DataType> types = new ArrayList<>();

    /** Positions of an input column and of the members that lead to a column within. */
    record Path(int input, List<Integer> members) {
        Column resolve(Batch batch) {
            Column column = batch.column(input);
            for (int member : members) {
                column = ((StructColumn) column).member(member);
            }
            return column;
        }
    }

    /** The path of an expression that is a column as it stands. */
    static Optional<Path> path(Expression expression) {
        if (expression instanceof Input input) {
            return Optional.of(new Path(input.index(), List.of()));
        }
        if (expression instanceof Member member) {
            return path(member.struct()).map(path -> {
                List<Integer> members = new ArrayList<>(path.members());
                members.add(member.index());
                return new Path(path.input(), List.copyOf(members));
            });
        }
        return Optional.empty();
    }

    int slot(Path path, DataType type) {
        int known = paths.indexOf(path);
        if (known >= 0) {
            return known;
        }
        paths.add(path);
        types.add(type);
        return paths.size() - 1;
    }

    DataType type(int slot) {
        return types.get(slot);
    }

    List<Path> paths() {
        return List.copyOf(paths);
    }
}
