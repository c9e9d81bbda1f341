package io.laminar.connector.file.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.connector.file.FileTables.Spec;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of the examples: what is in them is known from their sources. */
class RealDataTest {
    private static final Path DATA = Path.of("../../examples/data");

    @Test
    void earthquakesHaveNestedAndMissingValues() throws IOException {
        DataType location = new DataType.StructType(List.of(
                new Field("longitude", Scalar.DOUBLE),
                new Field("latitude", Scalar.DOUBLE),
                new Field("depth_km", Scalar.DOUBLE)));
        Spec spec = new Spec(
                        "single_file",
                        DATA.resolve("earthquakes.ndjson"),
                        "json",
                        new Field("id", Scalar.TEXT, false),
                        new Field("time_ms", Scalar.TIMESTAMP),
                        new Field("felt", Scalar.INT),
                        new Field("location", location),
                        new Field("place", Scalar.TEXT))
                .withFormat("json.timestamp_format", "unix_millis");
        Reading reading = new Reading(spec.table(), 10_000, 50_000).all();
        assertEquals(1_707, reading.rows.size());
        assertEquals(
                Arrays.asList(
                        "ci37868143",
                        1_517_966_773_840_000L,
                        null,
                        List.of(-118.6671667, 34.4945, 26.49),
                        "4km W of Castaic, CA"),
                reading.rows.get(0));
    }

    @Test
    void airportsHaveQuotedNames() throws IOException {
        Spec spec = new Spec(
                "single_file",
                DATA.resolve("airports.csv"),
                "csv",
                new Field("iata", Scalar.TEXT),
                new Field("city", Scalar.TEXT),
                new Field("latitude", Scalar.DOUBLE));
        Reading reading = new Reading(spec.table(), 10_000, 0).all();
        assertEquals(3_376, reading.rows.size());
        assertEquals(List.of("00M", "Bay Springs", 31.95376472), reading.rows.get(0));
    }

    @Test
    void flightsAreInOrderAcrossSplits() throws IOException {
        Spec spec = new Spec(
                "single_file",
                DATA.resolve("flights.ndjson"),
                "json",
                new Field("departed_at", Scalar.TIMESTAMP, false),
                new Field("delay", Scalar.SMALLINT));
        Reading reading = new Reading(spec.table(), 100_000, 300_000).all();
        assertEquals(20_000, reading.rows.size());
        long before = Long.MIN_VALUE;
        for (List<?> row : reading.rows) {
            long time = (Long) java.util.Objects.requireNonNull(row.get(0));
            assertEquals(true, time >= before, "out of order at " + row);
            before = time;
        }
    }
}
