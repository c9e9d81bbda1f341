package io.laminar.server.planning;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.PlanGraph;
import io.laminar.server.api.GraphResource;
import io.laminar.server.api.Problems;
import io.laminar.server.api.QueryValidation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.CompiledPipeline;
import io.laminar.sql.Definitions;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.TableDefinition;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.stored.StoredProfile;
import io.laminar.sql.stored.StoredUses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Queries to plans, with what is stored: tables, profiles, functions. */
public final class QueryPlanner {
    private final StoredCatalog stored;
    private final Placeholders placeholders;

    public QueryPlanner(StoredCatalog stored, Placeholders placeholders) {
        this.stored = stored;
        this.placeholders = placeholders;
    }

    /**
     * A table that is to be stored.
     *
     * @throws PipelineErrors all errors of the text
     */
    public TableDefinition table(String definition) {
        return Definitions.table(definition, context(Map.of()));
    }

    /**
     * The options of a profile as its connector takes them.
     *
     * @throws PipelineErrors all errors
     */
    public OptionValues profile(StoredProfile profile) {
        return Definitions.profile(profile, context(Map.of()));
    }

    /**
     * A function that is to be stored, compiled.
     *
     * @throws PipelineErrors all errors of the text
     */
    public UserFunction function(String definition) {
        return Definitions.function(definition, context(Map.of()));
    }

    /**
     * A query that can run.
     *
     * @param uses ids of the stored tables, profiles and functions that it names
     */
    public record Planned(CompiledPipeline pipeline, Set<String> uses) {}

    /** Plans a query that is to run, and says what it uses. */
    public Planned plan(String query, Map<String, String> settings) {
        CompiledPipeline pipeline = compile(query, settings);
        return new Planned(pipeline, stored.ids(pipeline.uses()));
    }

    /**
     * What is to be said of a query.
     *
     * @param settings as those of SET
     */
    public QueryValidation validate(String query, Map<String, String> settings) {
        try {
            return valid(PipelineCompiler.compile(query, context(settings)));
        } catch (PipelineErrors e) {
            return invalid(e.errors());
        }
    }

    /** What is to be said of a query without an error. */
    public static QueryValidation valid(CompiledPipeline pipeline) {
        boolean runs = !pipeline.plan().sinks().isEmpty();
        return new QueryValidation(
                true, runs ? graph(pipeline.plan()) : null, List.of(), pipeline.warnings(), names(pipeline.uses()));
    }

    /** What is to be said of a query with errors. */
    public static QueryValidation invalid(List<LaminarException> errors) {
        return new QueryValidation(false, null, Problems.all(errors), List.of(), List.of());
    }

    private static List<String> names(StoredUses uses) {
        return Stream.of(uses.profiles(), uses.tables(), uses.functions())
                .flatMap(names -> names.stream().sorted())
                .toList();
    }

    /**
     * Plans a query that is to run.
     *
     * @param settings as those of SET
     * @throws PipelineErrors all errors of the text
     */
    public CompiledPipeline compile(String query, Map<String, String> settings) {
        CompiledPipeline pipeline = PipelineCompiler.compile(query, context(settings));
        if (pipeline.plan().sinks().isEmpty()) {
            throw new PipelineErrors(List.of(new LaminarException(
                    ErrorCode.EMPTY_PIPELINE, "the query explains and runs nothing", "add an INSERT INTO ... SELECT")));
        }
        return pipeline;
    }

    private PlannerContext context(Map<String, String> settings) {
        return new PlannerContext(new ConnectorCatalog(), FunctionCatalog.installed(), settings, stored, placeholders);
    }

    public static GraphResource graph(StreamPlan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        return new GraphResource(
                graph.nodes().stream()
                        .map(node -> new GraphResource.Node(
                                node.id(),
                                node.name(),
                                node.details(),
                                node.kept().isEmpty() ? node.state() : node.state() + ", kept " + node.kept(),
                                node.changelog(),
                                node.columns(),
                                node.note().isEmpty() ? null : node.note()))
                        .toList(),
                graph.edges().stream()
                        .map(edge -> new GraphResource.Edge(edge.from(), edge.to()))
                        .toList());
    }
}
