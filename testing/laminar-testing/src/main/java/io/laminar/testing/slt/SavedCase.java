package io.laminar.testing.slt;

import io.laminar.spi.batch.Batch;
import io.laminar.testing.text.TextRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case whose state was saved at its first {@code checkpoint}, by the Laminar of that time. In its folder lie {@code
 * pipeline.slt} with one case and {@code state}, the savepoint.
 */
public final class SavedCase {
    private static final String CASE = "pipeline.slt";
    static final String STATE = "state";
    private static final String MODE = "from a savepoint";

    private final Path folder;
    private final CompiledCase compiled;
    private final int saved;

    private SavedCase(Path folder, CompiledCase compiled, int saved) {
        this.folder = folder;
        this.compiled = compiled;
        this.saved = saved;
    }

    /** The case in a folder, planned by the Laminar of today. */
    public static SavedCase in(Path folder) {
        List<SltCase> cases = SltCase.of(folder.resolve(CASE));
        CompiledCase compiled = CompiledCase.of(cases.get(0), Engine.laminar());
        List<ScriptEvent> events = compiled.events(Batch.TARGET_ROWS);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof ScriptEvent.Checkpoint) {
                return new SavedCase(folder, compiled, i);
            }
        }
        throw new IllegalArgumentException(folder + " has a case without a checkpoint");
    }

    /** Saves the state. */
    public void save(FlinkRuns flink) throws IOException {
        Path parent = folder.resolve("new");
        flink.save(compiled, saved, parent.toString());
        try (Stream<Path> made = Files.list(parent)) {
            Files.move(made.findFirst().orElseThrow(), folder.resolve(STATE));
        }
        Files.delete(parent);
    }

    /** @throws SltException if what comes from the saved state differs from what the whole case would give */
    public void check(FlinkRuns flink, Path scratch) {
        Map<String, List<TextRow>> changes = new HashMap<>();
        add(flink.save(compiled, saved, scratch.toString()), changes);
        add(flink.resume(compiled, saved, folder.resolve(STATE).toString()), changes);
        new Expectations(compiled, new Outcome(changes, Map.of(), Optional.empty()), MODE, false).check();
    }

    private static void add(Outcome outcome, Map<String, List<TextRow>> all) {
        outcome.changes().forEach((sink, changes) -> all.computeIfAbsent(sink, name -> new ArrayList<>())
                .addAll(changes));
    }
}
