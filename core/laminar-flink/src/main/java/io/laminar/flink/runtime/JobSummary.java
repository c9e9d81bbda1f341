package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.runtime.client.JobStatusMessage;

/**
 * One line about a job.
 *
 * @param state in lower case: running, restarting, finished, failed, canceled, ...
 */
public record JobSummary(String id, String name, String state, Instant started) {

    /** All jobs of a cluster, the latest first. */
    static List<JobSummary> all(ClusterClient<?> cluster) throws InterruptedException {
        return list(cluster).stream()
                .map(job -> new JobSummary(
                        job.getJobId().toHexString(),
                        job.getJobName(),
                        job.getJobState().name().toLowerCase(Locale.ROOT),
                        Instant.ofEpochMilli(job.getStartTime())))
                .sorted(Comparator.comparing(JobSummary::started).reversed())
                .toList();
    }

    /** The job whose id begins with some digits. */
    static JobID find(ClusterClient<?> cluster, String id) throws InterruptedException {
        List<String> known =
                list(cluster).stream().map(job -> job.getJobId().toHexString()).toList();
        return JobID.fromHexString(find(known, id));
    }

    /** The only one of some ids that begins with some digits. */
    static String find(List<String> known, String id) {
        List<String> found = known.stream()
                .filter(job -> !id.isEmpty() && job.startsWith(id))
                .toList();
        if (found.size() != 1) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    found.isEmpty()
                            ? "there is no job '" + id + "'"
                            : "the ids of several jobs begin with '" + id + "'",
                    "'laminar jobs' lists them");
        }
        return found.get(0);
    }

    private static Collection<JobStatusMessage> list(ClusterClient<?> cluster) throws InterruptedException {
        try {
            return cluster.listJobs().get();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw Failures.of(e);
        }
    }
}
