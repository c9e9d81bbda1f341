package io.laminar.server.function;

import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.metadata.StoredFunction;
import io.laminar.metadata.StoredFunctions;
import io.laminar.server.api.Collection;
import io.laminar.server.api.NewUdf;
import io.laminar.server.api.Problems;
import io.laminar.server.api.UdfResource;
import io.laminar.server.api.UdfValidation;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.sql.PipelineErrors;
import java.util.List;

/** Functions of users. */
public final class FunctionService {
    private final StoredFunctions functions;
    private final QueryPlanner planner;

    public FunctionService(Metadata metadata, QueryPlanner planner) {
        this.functions = metadata.functions();
        this.planner = planner;
    }

    public Collection<UdfResource> page(Page.Request request) {
        return Collection.of(functions.page(request), FunctionService::resource);
    }

    /** @throws LaminarException NOT_FOUND */
    public UdfResource get(String id) {
        return resource(functions.get(id));
    }

    /** @throws LaminarException NAME_TAKEN; all errors of the definition, those of its Java too, as PipelineErrors */
    public UdfResource create(NewUdf wanted) {
        UserFunction function = planner.function(wanted.definition());
        return resource(functions.create(
                function.name(), wanted.definition(), wanted.description() == null ? "" : wanted.description()));
    }

    /** Compiles a definition and says what is wrong with it. */
    public UdfValidation validate(NewUdf wanted) {
        try {
            return new UdfValidation(true, planner.function(wanted.definition()).name(), List.of());
        } catch (PipelineErrors e) {
            return new UdfValidation(false, null, Problems.all(e.errors()));
        }
    }

    /** @throws LaminarException NOT_FOUND, IN_USE */
    public void delete(String id) {
        functions.delete(id);
    }

    private static UdfResource resource(StoredFunction function) {
        return new UdfResource(
                function.id(), function.name(), function.definition(), function.description(), function.created());
    }
}
