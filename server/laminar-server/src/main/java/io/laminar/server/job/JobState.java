package io.laminar.server.job;

import io.laminar.flink.runtime.StopMode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Locale;

/**
 * Where a job is in its life. Each state has the transitions that are legal in it, and no others:
 *
 * <pre>
 * Created -> Scheduling -> Running -> (Rescaling | Recovering | Stopping) -> Stopped | Finished | Failed
 * </pre>
 */
public sealed interface JobState {

    /** The name in the API and in the store. */
    default String text() {
        return getClass().getSimpleName();
    }

    /** What is going on, in a few words. */
    String action();

    /** It has ended, and will not run again. */
    sealed interface Ended extends JobState {}

    /** It has been, or is about to be, on its cluster. */
    sealed interface Active extends JobState {
        default Stopping stop(StopMode mode) {
            return new Stopping(mode);
        }

        default Failed fail() {
            return new Failed();
        }
    }

    /** On its cluster. */
    sealed interface Alive extends Active {
        default Finished finish() {
            return new Finished();
        }

        default Recovering recover() {
            return new Recovering();
        }

        /** Its cluster says that it has been stopped, by somebody else. */
        default Stopped stopped() {
            return new Stopped();
        }
    }

    /** Noted, nothing done. */
    record Created() implements JobState {
        public Scheduling schedule() {
            return new Scheduling();
        }

        public Stopped stop() {
            return new Stopped();
        }

        @Override
        public String action() {
            return "waits to be started";
        }
    }

    /** Handed to its cluster; not all of its tasks run. */
    record Scheduling() implements Alive {
        public Running run() {
            return new Running();
        }

        @Override
        public String action() {
            return "is being started";
        }
    }

    record Running() implements Alive {
        public Rescaling rescale() {
            return new Rescaling();
        }

        @Override
        public String action() {
            return "runs";
        }
    }

    /** Gets other numbers of subtasks. */
    record Rescaling() implements Alive {
        public Running run() {
            return new Running();
        }

        @Override
        public String action() {
            return "gets other numbers of subtasks";
        }
    }

    /** Starts again from its last checkpoint. */
    record Recovering() implements Alive {
        public Running run() {
            return new Running();
        }

        @Override
        public String action() {
            return "starts again from its last checkpoint";
        }
    }

    record Stopping(StopMode mode) implements Active {
        public Stopped stopped() {
            return new Stopped();
        }

        public Finished finish() {
            return new Finished();
        }

        /** Only a harder way of stopping may take the place of one that has begun. */
        boolean givesWayTo(StopMode other) {
            return other.compareTo(StopMode.IMMEDIATE) >= 0 && other.compareTo(mode) > 0;
        }

        /** It could not be stopped this way, and goes on. */
        public Running run() {
            return new Running();
        }

        @Override
        public String action() {
            return "is being stopped (" + mode.name().toLowerCase(Locale.ROOT) + ")";
        }
    }

    /** Stopped; the pipeline can go on from here with another job. */
    record Stopped() implements Ended {
        @Override
        public String action() {
            return "is stopped";
        }
    }

    /** All input has been read. */
    record Finished() implements Ended {
        @Override
        public String action() {
            return "has run to its end";
        }
    }

    record Failed() implements Ended {
        @Override
        public String action() {
            return "has failed";
        }
    }

    /** Names of the states in which a job is not over. */
    List<String> NOT_ENDED = List.of("Created", "Scheduling", "Running", "Rescaling", "Recovering", "Stopping");

    /** Names of all states. */
    List<String> ALL = List.of(
            "Created", "Scheduling", "Running", "Rescaling", "Recovering", "Stopping", "Stopped", "Finished", "Failed");

    /** @throws LaminarException INVALID_REQUEST if no state has that name */
    static void requireName(String text) {
        if (!ALL.contains(text)) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "there is no state '" + text + "'",
                    "states are " + String.join(", ", ALL));
        }
    }

    /**
     * The state of that name.
     *
     * @param mode how it is being stopped, if it is
     */
    static JobState of(String text, StopMode mode) {
        return switch (text) {
            case "Created" -> new Created();
            case "Scheduling" -> new Scheduling();
            case "Running" -> new Running();
            case "Rescaling" -> new Rescaling();
            case "Recovering" -> new Recovering();
            case "Stopping" -> new Stopping(mode);
            case "Stopped" -> new Stopped();
            case "Finished" -> new Finished();
            case "Failed" -> new Failed();
            default ->
                throw new LaminarException(
                        ErrorCode.INTERNAL, "the store has a job in the unknown state '" + text + "'");
        };
    }
}
