package io.laminar.plan;

import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code SET} says of a pipeline; the options are declared here once. */
public record PipelineSettings(OptionValues values) implements Serializable {
    public static final Option PARALLELISM =
            Option.integer("parallelism", "Subtasks of every operator.").withDefault(1L);
    public static final Option CHECKPOINT_INTERVAL = Option.duration(
                    "checkpoint_interval", "Time between the starts of two checkpoints.")
            .withDefault(10_000_000L);
    public static final Option UPDATING_TTL = Option.duration(
                    "updating_ttl",
                    "Keys of updating operators that did not change for this long are forgotten; 0 keeps them.")
            .withDefault(86_400_000_000L);
    public static final Option UPDATING_FLUSH_INTERVAL = Option.duration(
                    "updating_flush_interval",
                    "Changes of updating queries are consolidated over this time; 0 emits after every batch.")
            .withDefault(1_000_000L);

    public static final Option LATE_ROWS = Option.text(
            "late_rows",
            "Table that gets rows which come after their window has closed; without one they are dropped. They are"
                    + " counted in any case.");

    public static final Option MATCH_LIMIT = Option.integer(
                    "match_limit",
                    "Rows and partial matches that one undecided match of MATCH_RECOGNIZE may hold; more fail the job.")
            .withDefault(1_000_000L);

    public static final Option BROADCAST_JOIN_LIMIT = Option.integer(
                    "broadcast_join_limit", "Rows of the side that a join without an equality keeps in every subtask.")
            .withDefault(100_000L);

    public static final Option AUTOSCALE = Option.bool(
                    "autoscale", "Whether operators get more or fewer subtasks by themselves, as their load asks for.")
            .withDefault(false);
    public static final Option AUTOSCALE_MIN = Option.integer(
                    "autoscale_min_parallelism", "Fewest subtasks of an operator that is scaled by itself.")
            .withDefault(1L);
    public static final Option AUTOSCALE_MAX = Option.integer(
            "autoscale_max_parallelism",
            "Most subtasks of an operator that is scaled by itself. Default: what the cluster has room for.");
    public static final Option AUTOSCALE_TARGET = Option.integer(
                    "autoscale_target_percent", "How busy, in percent of the time, a subtask should be.")
            .withDefault(70L);
    public static final Option AUTOSCALE_INTERVAL = Option.duration(
                    "autoscale_interval", "Time between two looks at the load.")
            .withDefault(10_000_000L);
    public static final Option AUTOSCALE_PAUSE = Option.duration(
                    "autoscale_pause", "Time after a change in which nothing is changed again.")
            .withDefault(60_000_000L);
    public static final Option AUTOSCALE_CATCH_UP = Option.duration(
                    "autoscale_catch_up", "Time in which records that wait outside should be worked off.")
            .withDefault(300_000_000L);
    public static final Option STATE_MEMORY = Option.size(
            "state_memory",
            "Heap that the state of the pipeline may take in each process; what does not fit is spilled to local disk."
                    + " Without it half of the heap, which all pipelines of the process share that do not say either.");

    public static final Option SPILL_FOLDER = Option.text(
            "spill_folder",
            "Folder on a local disk of each process for state that does not fit in memory. Without it the temporary"
                    + " folder of the process.");

    public static final Option SPILL_DELAY = Option.duration(
                    "spill_delay",
                    "Time that rows may wait for state that is on local disk. The longer, the more rows are taken at"
                            + " once, and the less is read and written.")
            .withDefault(30_000_000L);

    public static final Option LOCAL_AGGREGATION = Option.choice(
                    "local_aggregation",
                    Use.class,
                    "Whether rows are folded by their keys before they are exchanged, as long as that makes them"
                            + " clearly fewer: auto if there are several subtasks, on always. It pays for hot keys and"
                            + " slow networks.")
            .withDefault("off");

    public static final Option DISTINCT_SPLIT = Option.bool(
                    "distinct_split",
                    "Whether count, sum and avg of different values, of one column or several, and count, sum, avg, min"
                            + " and max beside them go by buckets of the values first, so that a key with most of the"
                            + " rows does not keep one subtask busy alone. State that expires does so by bucket. Left"
                            + " whole are other aggregates beside them, avg of DECIMAL, values without buckets (BOOLEAN,"
                            + " bytes, arrays, structs), sessions, windows of processing time or with EMIT, and windows"
                            + " whose late_rows are kept; EXPLAIN says why.")
            .withDefault(false);

    public static final List<Option> ALL = List.of(
            PARALLELISM,
            CHECKPOINT_INTERVAL,
            UPDATING_TTL,
            UPDATING_FLUSH_INTERVAL,
            LATE_ROWS,
            MATCH_LIMIT,
            BROADCAST_JOIN_LIMIT,
            LOCAL_AGGREGATION,
            DISTINCT_SPLIT,
            AUTOSCALE,
            AUTOSCALE_MIN,
            AUTOSCALE_MAX,
            AUTOSCALE_TARGET,
            AUTOSCALE_INTERVAL,
            AUTOSCALE_PAUSE,
            AUTOSCALE_CATCH_UP,
            STATE_MEMORY,
            SPILL_FOLDER,
            SPILL_DELAY);

    /** The same with another value of one option. */
    public PipelineSettings with(Option option, Object value) {
        Map<String, Object> all = new HashMap<>(values.asMap());
        all.put(option.name(), value);
        return new PipelineSettings(new OptionValues(all));
    }

    public static final PipelineSettings DEFAULTS = new PipelineSettings(OptionValues.EMPTY);
}
