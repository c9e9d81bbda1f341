package io.laminar.execution.aggregate;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The states of all calls of a node for many groups: one accumulator per call and, where rows can be taken back, the
 * number of rows of each group.
 */
public final class GroupStates {
    /**
     * A call with a state of its own.
     *
     * @param column where the state starts among the input columns of a FINAL node
     */
    private record Own(AggregateCall call, Accumulator state, int column) {}

    private final Phase phase;
    private final boolean retracts;
    /** By call: the type of its results. */
    private final List<DataType> types;
    /** By call: what has its results. */
    private final Accumulator[] accumulators;

    private final Own[] own;
    private final DistinctValues[] distinct;
    /** All of them, in the order in which they are saved. */
    private final GroupState[] parts;

    private final CountAccumulator rows = new CountAccumulator();

    /**
     * @param keys number of key columns, which a FINAL node's input starts with
     * @param retracts whether rows are taken back, by row kind or by {@link #subtract}
     */
    public GroupStates(List<AggregateCall> calls, Schema input, Phase phase, int keys, boolean retracts) {
        this(calls, input, phase, keys, retracts, retracts);
    }

    /**
     * As the other one.
     *
     * @param subtractsDistinct whether calls over different values shall be able to {@link #subtract}
     */
    public GroupStates(
            List<AggregateCall> calls,
            Schema input,
            Phase phase,
            int keys,
            boolean retracts,
            boolean subtractsDistinct) {
        this(calls, input, phase, keys, retracts, subtractsDistinct, !retracts);
    }

    private GroupStates(
            List<AggregateCall> calls,
            Schema input,
            Phase phase,
            int keys,
            boolean retracts,
            boolean subtractsDistinct,
            boolean byTime) {
        this.phase = phase;
        this.retracts = retracts;
        this.types = calls.stream().map(AggregateCall::type).toList();
        this.accumulators = new Accumulator[calls.size()];
        List<Own> alone = new ArrayList<>();
        List<DistinctCalls> sharing = new ArrayList<>();
        int column = keys;
        for (int i = 0; i < accumulators.length; i++) {
            AggregateCall call = calls.get(i);
            if (Accumulators.needsDistinct(call, phase)) {
                DistinctCalls.add(sharing, call, i);
            } else {
                accumulators[i] = Accumulators.of(call, input, phase, column, retracts, byTime);
                alone.add(new Own(call, accumulators[i], column));
            }
            column += PartialLayout.width(call);
        }
        own = alone.toArray(new Own[0]);
        distinct = new DistinctValues[sharing.size()];
        for (int i = 0; i < distinct.length; i++) {
            distinct[i] = sharing.get(i).values(calls, input, retracts || subtractsDistinct, accumulators);
        }
        List<GroupState> all = new ArrayList<>();
        alone.forEach(o -> all.add(o.state()));
        all.addAll(List.of(distinct));
        parts = all.toArray(new GroupState[0]);
    }

    /**
     * States for {@link #slide}: calls without an order of their own go by the event time of rows, also where rows leave.
     *
     * @param leave whether rows leave
     */
    public static GroupStates sliding(List<AggregateCall> calls, Schema input, boolean leave) {
        return new GroupStates(calls, input, Phase.COMPLETE, 0, leave, leave, true);
    }

    /** The number of rows of a group; only kept where rows can be taken back. */
    public long rows(int group) {
        return rows.count(group);
    }

    /** Makes room for groups below {@code groups}. */
    public void reserve(int groups) {
        rows.reserve(retracts ? groups : 0);
        for (GroupState part : parts) {
            part.reserve(groups);
        }
    }

    /** Applies rows to groups: adds inserts, takes retractions back, merges the partial states of a FINAL node. */
    public void apply(Batch batch, int[] rowNumbers, int[] groups, int count) {
        if (batch.kinds() == null) {
            add(batch, rowNumbers, groups, count);
            return;
        }
        byte[] kinds = batch.kinds();
        int[][] sortedRows = new int[2][count];
        int[][] sortedGroups = new int[2][count];
        int[] counts = new int[2];
        for (int i = 0; i < count; i++) {
            int side = RowKind.isRetraction(kinds[rowNumbers[i]]) ? 1 : 0;
            sortedRows[side][counts[side]] = rowNumbers[i];
            sortedGroups[side][counts[side]++] = groups[i];
        }
        // Inserts first: a row may be inserted and taken back in the same batch.
        add(batch, sortedRows[0], sortedGroups[0], counts[0]);
        takeBack(batch, sortedRows[1], sortedGroups[1], counts[1]);
    }

    private void add(Batch batch, int[] rowNumbers, int[] groups, int count) {
        if (retracts) {
            rows.accumulate(batch, rowNumbers, groups, count);
        }
        for (Own part : own) {
            Accumulator state = part.state();
            if (phase == Phase.FINAL) {
                state.mergeState(columns(batch, part.column(), state.stateWidth()), rowNumbers, groups, count);
            } else {
                Present present = present(part.call(), batch, rowNumbers, groups, count);
                state.accumulate(batch, present.rows(), present.groups(), present.count());
            }
        }
        for (DistinctValues values : distinct) {
            values.accumulate(batch, rowNumbers, groups, count);
        }
    }

    private void takeBack(Batch batch, int[] rowNumbers, int[] groups, int count) {
        if (count == 0) {
            return;
        }
        rows.retract(batch, rowNumbers, groups, count);
        for (Own part : own) {
            Present present = present(part.call(), batch, rowNumbers, groups, count);
            part.state().retract(batch, present.rows(), present.groups(), present.count());
        }
        for (DistinctValues values : distinct) {
            values.retract(batch, rowNumbers, groups, count);
        }
    }

    /**
     * Lets rows come and go between results.
     *
     * @param limit all groups are below
     * @return the results of all calls, in the order of the slide
     */
    public List<Column> slide(Slide slide, int limit) {
        Column[] results = new Column[accumulators.length];
        SlideRounds rounds = null;
        for (Own part : own) {
            AggregateCall call = part.call();
            Column result =
                    part.state().slide(slide, Slide.counted(call, slide.entered()), Slide.counted(call, slide.left()));
            if (result == null) {
                rounds = rounds == null ? new SlideRounds(slide, limit) : rounds;
                result = rounds.results(
                                (rowNumbers, groups, count) -> retract(part, slide.left(), rowNumbers, groups, count),
                                (rowNumbers, groups, count) ->
                                        accumulate(part, slide.entered(), rowNumbers, groups, count),
                                List.of(part.state()),
                                List.of(call.type()))[0];
            }
            results[Arrays.asList(accumulators).indexOf(part.state())] = result;
        }
        for (DistinctValues values : distinct) {
            rounds = rounds == null ? new SlideRounds(slide, limit) : rounds;
            slideDistinct(values, slide, rounds, results);
        }
        return List.of(results);
    }

    private void slideDistinct(DistinctValues values, Slide slide, SlideRounds rounds, Column[] results) {
        List<Accumulator> sharing = values.inners();
        List<Integer> positions =
                sharing.stream().map(Arrays.asList(accumulators)::indexOf).toList();
        Column[] columns = rounds.results(
                (rowNumbers, groups, count) -> values.retract(slide.left(), rowNumbers, groups, count),
                (rowNumbers, groups, count) -> values.accumulate(slide.entered(), rowNumbers, groups, count),
                sharing,
                positions.stream().map(types::get).toList());
        for (int i = 0; i < columns.length; i++) {
            results[positions.get(i)] = columns[i];
        }
    }

    private static void accumulate(Own part, Batch batch, int[] rowNumbers, int[] groups, int count) {
        Present present = present(part.call(), batch, rowNumbers, groups, count);
        part.state().accumulate(batch, present.rows(), present.groups(), present.count());
    }

    private static void retract(Own part, Batch batch, int[] rowNumbers, int[] groups, int count) {
        Present present = present(part.call(), batch, rowNumbers, groups, count);
        part.state().retract(batch, present.rows(), present.groups(), present.count());
    }

    private static Present present(AggregateCall call, Batch batch, int[] rowNumbers, int[] groups, int count) {
        Present present;
        if (call.filter() == null) {
            present = new Present(rowNumbers, groups, count);
        } else {
            BooleanColumn filter = (BooleanColumn) batch.column(call.filter());
            present = Present.where(filter.values(), filter.nulls(), rowNumbers, groups, count);
        }
        if (!Accumulators.skipsNulls(call)) {
            return present;
        }
        for (int argument : call.arguments()) {
            present = Present.of(batch.column(argument).nulls(), present.rows(), present.groups(), present.count());
        }
        return present;
    }

    private static Column[] columns(Batch batch, int from, int width) {
        Column[] columns = new Column[width];
        System.arraycopy(batch.columns(), from, columns, 0, width);
        return columns;
    }

    /** The results of all calls. */
    public List<Column> results(int[] groups, int count) {
        List<Column> columns = new ArrayList<>(accumulators.length);
        for (Accumulator accumulator : accumulators) {
            columns.add(accumulator.result(groups, count));
        }
        return columns;
    }

    /** The states of all calls in the layout of {@link PartialLayout}. */
    public List<Column> partials(int[] groups, int count) {
        List<Column> columns = new ArrayList<>();
        for (GroupState part : parts) {
            columns.addAll(List.of(part.state(groups, count)));
        }
        return columns;
    }

    /** The states of all calls, and the number of rows where it is kept. */
    public List<Column> states(int[] groups, int count) {
        List<Column> columns = partials(groups, count);
        if (retracts) {
            columns.add(rows.result(groups, count));
        }
        return columns;
    }

    /** Adds the {@link #states} in columns of a batch, from a column on, to groups. */
    public void mergeStates(Batch batch, int from, int[] rowNumbers, int[] groups, int count) {
        int column = from;
        for (GroupState part : parts) {
            int width = part.stateWidth();
            part.mergeState(columns(batch, column, width), rowNumbers, groups, count);
            column += width;
        }
        if (retracts) {
            rows.mergeState(columns(batch, column, 1), rowNumbers, groups, count);
        }
    }

    /** Adds groups of {@code source} to groups. */
    public void merge(GroupStates source, int[] sourceGroups, int[] groups, int count) {
        for (int i = 0; i < parts.length; i++) {
            parts[i].merge(source.parts[i], sourceGroups, groups, count);
        }
        if (retracts) {
            rows.merge(source.rows, sourceGroups, groups, count);
        }
    }

    /** Whether {@link #subtract} is exact for all calls. */
    public boolean subtracts() {
        for (GroupState part : parts) {
            if (!part.subtracts()) {
                return false;
            }
        }
        return true;
    }

    /** Takes back an earlier {@link #merge}. */
    public void subtract(GroupStates source, int[] sourceGroups, int[] groups, int count) {
        for (int i = 0; i < parts.length; i++) {
            parts[i].subtract(source.parts[i], sourceGroups, groups, count);
        }
        if (retracts) {
            rows.subtract(source.rows, sourceGroups, groups, count);
        }
    }

    public void clear(int[] groups, int count) {
        for (GroupState part : parts) {
            part.clear(groups, count);
        }
        if (retracts) {
            rows.clear(groups, count);
        }
    }

    public void clearAll(int limit) {
        for (GroupState part : parts) {
            part.clearAll(limit);
        }
        if (retracts) {
            rows.clearAll(limit);
        }
    }

    /** Heap that the states take, nearly. */
    public long bytes() {
        long bytes = rows.bytes();
        for (GroupState part : parts) {
            bytes += part.bytes();
        }
        return bytes;
    }
}
