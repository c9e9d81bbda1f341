package io.laminar.cli.remote;

import io.laminar.client.LaminarClient;
import io.laminar.client.Pages;
import io.laminar.client.Pages.Page;
import io.laminar.client.model.JobResource;
import io.laminar.client.model.PipelineResource;
import io.laminar.client.model.ProfileResource;
import io.laminar.client.model.TableResource;
import io.laminar.client.model.TokenResource;
import io.laminar.client.model.UdfResource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds resources by their names or ids. */
final class Named {
    private final LaminarClient client;

    Named(LaminarClient client) {
        this.client = client;
    }

    /**
     * @param name pattern with {@code *}; null for all
     * @param state null for any
     */
    Pages<PipelineResource> pipelines(@Nullable String name, @Nullable String state) {
        return new Pages<>(
                after -> client.pipelines(api -> {
                    var page = api.getPipelines(name, state, Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                PipelineResource::getId);
    }

    Pages<JobResource> jobs(@Nullable String state) {
        return new Pages<>(
                after -> client.jobs(api -> {
                    var page = api.getJobs(state, Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                JobResource::getId);
    }

    Pages<JobResource> jobsOf(String pipeline) {
        return new Pages<>(
                after -> client.pipelines(api -> {
                    var page = api.getPipelinesIdJobs(pipeline, Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                JobResource::getId);
    }

    Pages<ProfileResource> profiles(@Nullable String name) {
        return new Pages<>(
                after -> client.profiles(api -> {
                    var page = api.getConnectionProfiles(name, Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                ProfileResource::getId);
    }

    Pages<TableResource> tables(@Nullable String name) {
        return new Pages<>(
                after -> client.tables(api -> {
                    var page = api.getConnectionTables(name, Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                TableResource::getId);
    }

    Pages<UdfResource> functions(@Nullable String name) {
        return new Pages<>(
                after -> client.functions(api -> {
                    var page = api.getUdfs(name, Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                UdfResource::getId);
    }

    Pages<TokenResource> tokens() {
        return new Pages<>(
                after -> client.tokens(api -> {
                    var page = api.getTokens(Pages.SIZE, after);
                    return new Page<>(page.getData(), page.getHasMore());
                }),
                TokenResource::getId);
    }

    PipelineResource pipeline(String given) {
        String id = id(
                "pipeline",
                "pipe_",
                given,
                pattern -> pipelines(pattern, null),
                PipelineResource::getId,
                PipelineResource::getName);
        return client.pipelines(api -> api.getPipelinesId(id));
    }

    ProfileResource profile(String given) {
        String id = id("profile", "prof_", given, this::profiles, ProfileResource::getId, ProfileResource::getName);
        return client.profiles(api -> api.getConnectionProfilesId(id));
    }

    TableResource table(String given) {
        String id = id("table", "tbl_", given, this::tables, TableResource::getId, TableResource::getName);
        return client.tables(api -> api.getConnectionTablesId(id));
    }

    UdfResource function(String given) {
        String id = id("function", "udf_", given, this::functions, UdfResource::getId, UdfResource::getName);
        return client.functions(api -> api.getUdfsId(id));
    }

    /** @return its id */
    String token(String given) {
        return id("token", "tok_", given, name -> tokens(), TokenResource::getId, TokenResource::getName);
    }

    /** A job by its id, or the latest one of a pipeline. */
    JobResource job(String given) {
        if (given.startsWith("job_")) {
            return client.jobs(api -> api.getJobsId(given));
        }
        PipelineResource pipeline = pipeline(given);
        String job = pipeline.getJobId();
        if (job == null) {
            throw new LaminarException(
                    ErrorCode.NOT_FOUND,
                    "the pipeline '" + pipeline.getName() + "' has had no job yet",
                    "'laminar pipeline start " + given + "' starts it");
        }
        return client.jobs(api -> api.getJobsId(job));
    }

    private <T> String id(
            String kind,
            String prefix,
            String given,
            Function<@Nullable String, Pages<T>> named,
            Function<T, String> id,
            Function<T, String> name) {
        if (given.indexOf('*') < 0) {
            for (T each : named.apply(given)) {
                if (name.apply(each).equals(given)) {
                    return id.apply(each);
                }
            }
        }
        if (given.startsWith(prefix)) {
            return given;
        }
        List<String> names = new ArrayList<>();
        named.apply(null).forEach(each -> names.add(name.apply(each)));
        String hint = NearestName.hint(given, names);
        throw new LaminarException(
                ErrorCode.NOT_FOUND,
                "there is no " + kind + " '" + given + "'",
                hint != null
                        ? hint
                        : names.isEmpty() ? "there is none yet" : "'laminar " + word(kind) + " list' lists them");
    }

    private static String word(String kind) {
        return kind.equals("function") ? "udf" : kind;
    }
}
