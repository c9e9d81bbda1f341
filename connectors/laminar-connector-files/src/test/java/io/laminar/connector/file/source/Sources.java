package io.laminar.connector.file.source;

import io.laminar.connector.file.Location;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;

/** Sources that read in small pieces, so that a job over a small file has many checkpoints. */
public final class Sources {

    private Sources() {}

    public static Source<Batch, ?, ?> of(
            TableDescriptor table, int chunk, long splitBytes, @Nullable Duration discovery) {
        Location location = Location.of((String) table.options().asMap().get("path"), (String)
                table.options().asMap().get("source.regex_pattern"));
        FileTableSource.Sizes sizes = new FileTableSource.Sizes(chunk, splitBytes);
        return FileTableSource.of(table, location, null, discovery, sizes, Clock.systemUTC());
    }
}
