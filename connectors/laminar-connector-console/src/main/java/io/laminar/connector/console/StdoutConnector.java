package io.laminar.connector.console;

import io.laminar.connector.Capability;
import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.FormatUse;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.TableUse;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;

/** Prints encoded rows on the standard output of the process that runs the job. */
public final class StdoutConnector implements SinkConnector {

    @Override
    public String name() {
        return "stdout";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WRITES_CHANGES);
    }

    @Override
    public String description() {
        return "Prints rows on the standard output, one record per line in the table's format.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SINK);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.REQUIRED;
    }

    @Override
    public ChangelogSupport changelogSupport(TableDescriptor table) {
        return format(table).changelog() ? ChangelogSupport.RETRACT : ChangelogSupport.APPEND;
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        format(table);
    }

    @Override
    public Sink<Batch> sink(TableDescriptor table) {
        FormatSpec spec = spec(table);
        return BatchWriter.sink(subtask -> new LineWriter(format(spec.format()).encoder(spec), System.out));
    }

    private static RecordFormat format(TableDescriptor table) {
        return format(spec(table).format());
    }

    private static FormatSpec spec(TableDescriptor table) {
        FormatSpec spec = table.format();
        if (spec == null) {
            throw new LaminarException(
                    ErrorCode.MISSING_OPTION, "a stdout table needs a format", "add format = 'json'");
        }
        return spec;
    }

    private static RecordFormat format(String name) {
        Format format = Formats.named(name);
        if (format instanceof RecordFormat records) {
            return records;
        }
        throw new LaminarException(
                ErrorCode.INVALID_OPTION,
                "format '" + name + "' cannot be printed, it makes whole files",
                "use format = 'json' or 'csv'");
    }

    /** Writes whole batches, so that the lines of several subtasks do not mix. */
    private static final class LineWriter implements BatchWriter {
        private final RecordEncoder encoder;
        private final PrintStream out;
        private final Slice bytes = new Slice();
        private boolean started;

        LineWriter(RecordEncoder encoder, PrintStream out) {
            this.encoder = encoder;
            this.out = out;
        }

        @Override
        public void write(Batch batch) {
            bytes.reserve(0);
            encoder.encode(batch, bytes);
            synchronized (out) {
                if (!started) {
                    byte[] header = encoder.header();
                    out.write(header, 0, header.length);
                    started = true;
                }
                out.write(bytes.base(), bytes.offset(), bytes.length());
                out.flush();
            }
        }
    }
}
