package io.laminar.server.connection;

import io.laminar.connector.TableUse;
import io.laminar.connector.probe.ConnectionOutcome;
import io.laminar.connector.probe.Probes;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.TableOutcome;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Profile;
import io.laminar.metadata.Secrets;
import io.laminar.metadata.StoredTable;
import io.laminar.server.api.ConnectionTest;
import io.laminar.server.api.NewPreview;
import io.laminar.server.api.Problems;
import io.laminar.server.api.Suggestions;
import io.laminar.server.api.TestProfile;
import io.laminar.server.api.TestStep;
import io.laminar.server.api.TestTable;
import io.laminar.server.event.EventStream;
import io.laminar.server.pipeline.PreviewService;
import io.laminar.server.planning.ProfileOptions;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.TableDefinition;
import io.laminar.sql.TableText;
import io.laminar.sql.stored.StoredProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks outside systems: whether they can be reached, what is there, and what is in it. */
public final class Probing {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int ROWS = 10;
    private static final int ROW_SECONDS = 20;

    private final Metadata metadata;
    private final ProfileOptions options;
    private final QueryPlanner planner;
    private final PreviewService previews;

    public Probing(Metadata metadata, Secrets secrets, QueryPlanner planner, PreviewService previews) {
        this.metadata = metadata;
        this.options = new ProfileOptions(secrets);
        this.planner = planner;
        this.previews = previews;
    }

    /** @throws LaminarException NOT_FOUND, INVALID_REQUEST; that the system does not answer is an answer */
    public ConnectionTest connect(TestProfile wanted) {
        StoredProfile profile = profile(wanted);
        try {
            ConnectionOutcome outcome = Probes.connect(profile.connector(), planner.profile(profile), LIMIT);
            return new ConnectionTest(
                    true,
                    outcome.latency().toNanos() / 1000,
                    outcome.systems().stream()
                            .map(one -> new ConnectionTest.SystemResource(one.system(), one.version(), one.details()))
                            .toList(),
                    null);
        } catch (PipelineErrors e) {
            return new ConnectionTest(false, null, List.of(), Problems.of(e));
        } catch (LaminarException e) {
            return new ConnectionTest(false, null, List.of(), Problems.of(e));
        }
    }

    private StoredProfile profile(TestProfile wanted) {
        String id = wanted.id();
        Map<String, String> given = wanted.options() == null ? Map.of() : wanted.options();
        if (id != null) {
            Profile profile = metadata.profiles().get(id);
            return new StoredProfile(
                    profile.name(), profile.connector(), options.changed(profile.name(), profile.options(), given));
        }
        String connector = wanted.connector();
        if (connector == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST, "neither a profile nor a connector is named", "give id or connector");
        }
        return new StoredProfile("tried", connector, given);
    }

    /**
     * Names that are there.
     *
     * @param kind of the names; empty to be told the kinds only
     * @param within what they belong to: schema, table or topic
     * @throws LaminarException NOT_FOUND, INVALID_OPTION, and why the system does not answer
     */
    public Suggestions suggest(String id, String kind, String prefix, Map<String, String> within, int limit) {
        Profile profile = metadata.profiles().get(id);
        List<String> kinds = List.copyOf(Probes.suggestionKinds(profile.connector()));
        if (kind.isEmpty()) {
            return new Suggestions(kinds, List.of());
        }
        OptionValues values = planner.profile(new StoredProfile(
                profile.name(), profile.connector(), options.open(profile.name(), profile.options())));
        List<Suggestion> found =
                Probes.suggest(profile.connector(), values, new SuggestionQuery(kind, prefix, within, limit), LIMIT);
        return new Suggestions(
                kinds,
                found.stream()
                        .map(one -> new Suggestions.Name(one.name(), one.detail()))
                        .toList());
    }

    /**
     * Tries a table: events {@code step} for what was looked at, then, if it can be read, those of a preview of its rows.
     *
     * @throws LaminarException NOT_FOUND, INVALID_REQUEST; all errors of the definition as PipelineErrors
     */
    public EventStream table(TestTable wanted) {
        StoredTable stored = wanted.id() == null ? null : metadata.tables().get(wanted.id());
        String text = stored != null ? stored.definition() : wanted.definition();
        if (text == null) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST, "neither a table nor a definition is given", "give id or definition");
        }
        TableDefinition definition = planner.table(text);
        int rows = wanted.rows() == null ? ROWS : wanted.rows();
        boolean reads = definition
                .use()
                .map(use -> use == io.laminar.sql.catalog.TableUse.SOURCE)
                .orElseGet(() -> definition.uses().contains(io.laminar.sql.catalog.TableUse.SOURCE));
        String declared = stored != null ? "" : text.strip().replaceFirst(";$", "") + ";\n";
        EventStream preview = reads && rows > 0
                ? previews.start(new NewPreview(
                        declared + "SELECT * FROM " + TableText.name(definition.name()) + ";",
                        rows,
                        ROW_SECONDS,
                        false))
                : null;
        return out -> {
            TableDescriptor table = reads ? definition.source() : definition.sink();
            TableOutcome outcome = Probes.table(table, reads ? TableUse.SOURCE : TableUse.SINK, LIMIT);
            out.send("step", new TestStep("table", outcome.latency().toNanos() / 1000, outcome.facts()));
            if (preview != null) {
                preview.write(out);
            } else {
                out.send("end", new TestStep("end", 0, Map.of()));
            }
        };
    }
}
