package io.laminar.server.reference;

import io.laminar.flink.runtime.JobRuntime;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.server.api.Health;
import io.laminar.spi.error.LaminarException;
import java.util.Map;
import java.util.TreeMap;

/** Whether the parts of the server work, asked now. */
public record HealthChecks(Metadata metadata, JobRuntime cluster) {
    private static final String OK = "ok";

    private interface Check {
        void run() throws InterruptedException;
    }

    public Health now() {
        Map<String, String> checks = new TreeMap<>();
        checks.put("metadata", result(() -> {
            metadata.requireOwn();
            metadata.pipelines().page(Page.Request.first(1));
        }));
        checks.put("cluster", result(cluster::jobs));
        boolean ok = checks.values().stream().allMatch(OK::equals);
        return new Health(ok ? OK : "degraded", checks);
    }

    private static String result(Check check) {
        try {
            check.run();
            return OK;
        } catch (LaminarException e) {
            return e.reason();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
