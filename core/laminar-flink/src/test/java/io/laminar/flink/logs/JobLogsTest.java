package io.laminar.flink.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class JobLogsTest {
    private static final Logger LOG = LoggerFactory.getLogger(JobLogsTest.class);
    private static final String JOB = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    private static void log(String job, Runnable lines) {
        MDC.put("flink-job-id", job);
        try {
            lines.run();
        } finally {
            MDC.remove("flink-job-id");
        }
    }

    private static List<String> messages(List<LogLine> lines) {
        return lines.stream().map(LogLine::message).toList();
    }

    @Test
    void linesBelongToTheirJob(@TempDir Path folder) {
        try (JobLogs logs = JobLogs.start(folder)) {
            LOG.info("of nobody");
            log(JOB, () -> LOG.info("begins"));
            log(OTHER, () -> LOG.warn("has another"));
            log(JOB, () -> LOG.error("fails", new IllegalStateException("on purpose")));
            log(JOB, () -> LOG.debug("details"));
            List<LogLine> lines = logs.last(JOB, 10, LogLevel.DEBUG);
            assertEquals(2, lines.size(), lines.toString());
            assertEquals("begins", lines.get(0).message());
            assertEquals("JobLogsTest", lines.get(0).logger());
            assertEquals(LogLevel.ERROR, lines.get(1).level());
            assertTrue(lines.get(1).message().startsWith("fails\njava.lang.IllegalStateException: on purpose\n\tat "));
            assertEquals(List.of("has another"), messages(logs.last(OTHER, 10, LogLevel.INFO)));
            assertEquals(1, logs.last(JOB, 10, LogLevel.WARN).size());
            assertEquals(List.of(lines.get(1)), logs.last(JOB, 1, LogLevel.INFO));
            assertEquals(List.of(), logs.last("../secret", 10, LogLevel.INFO));
            logs.release(JOB);
            assertEquals(lines, logs.last(JOB, 10, LogLevel.INFO));
        }
        try (JobLogs later = JobLogs.start(folder)) {
            assertEquals(2, later.last(JOB, 10, LogLevel.INFO).size());
            later.forget(JOB);
            assertEquals(List.of(), later.last(JOB, 10, LogLevel.INFO));
            assertFalse(Files.exists(folder.resolve(JOB + ".log")));
        }
    }

    @Test
    void whatIsKeptIsBounded(@TempDir Path folder) throws Exception {
        LogTail tail = new LogTail(3, folder.resolve("log"), 500);
        for (int n = 0; n < 100; n++) {
            tail.add(new LogLine(java.time.Instant.EPOCH, LogLevel.INFO, "Test", "main", "line " + n));
        }
        assertEquals(List.of("line 98", "line 99"), messages(tail.last(2, LogLevel.INFO)));
        List<String> more = messages(tail.last(8, LogLevel.INFO));
        assertEquals("line 92", more.get(0));
        assertTrue(Files.size(folder.resolve("log.1")) < 600);
        tail.close();
    }
}
