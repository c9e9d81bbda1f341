package io.laminar.flink.logs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Passes on the lines that belong to a job. */
final class JobAppender extends AbstractAppender {
    /** The key under which Flink's threads have the job. */
    private static final String JOB = "flink-job-id";

    private final BiConsumer<String, LogLine> target;

    JobAppender(BiConsumer<String, LogLine> target) {
        super("jobs", null, null, true, Property.EMPTY_ARRAY);
        this.target = target;
    }

    @Override
    public void append(LogEvent event) {
        String job = event.getContextData().getValue(JOB);
        if (job != null) {
            target.accept(job, line(event));
        }
    }

    private static LogLine line(LogEvent event) {
        String name = event.getLoggerName();
        String message = event.getMessage().getFormattedMessage();
        Throwable thrown = event.getThrown();
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            message += '\n' + trace.toString().stripTrailing();
        }
        return new LogLine(
                Instant.ofEpochMilli(event.getTimeMillis()),
                LogLevel.of(event.getLevel()),
                name.substring(name.lastIndexOf('.') + 1),
                event.getThreadName(),
                message);
    }
}
