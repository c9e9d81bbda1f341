package io.laminar.server.http;

import io.laminar.metadata.Job;
import io.laminar.metadata.Page;
import io.laminar.server.api.Collection;
import io.laminar.server.api.JobResource;
import io.laminar.server.job.JobResources;
import io.laminar.server.job.JobState;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;

/** Jobs. */
final class JobRoutes {
    private final ServerParts parts;

    JobRoutes(ServerParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/jobs", "Lists the jobs of all pipelines.")
                        .query("state", "string", "Only those in this state.")
                        .givesPages(JobResource.class)
                        .does(this::list),
                Route.get("/jobs/{id}", "Shows a job.")
                        .gives(JobResource.class)
                        .does(call -> JobResources.of(parts.metadata().jobs().get(call.id()))));
    }

    private Collection<JobResource> list(Call call) {
        String state = call.query("state").orElse(null);
        if (state != null && !JobState.ALL.contains(state)) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "there is no state '" + state + "'",
                    "states are " + String.join(", ", JobState.ALL));
        }
        Page<Job> page = state == null
                ? parts.metadata().jobs().page(call.page())
                : parts.metadata().jobs().inState(state, call.page());
        return Collection.of(page, JobResources::of);
    }
}
