package io.laminar.benchmark.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laminar and Flink SQL come to the same rows. */
class AgreementTest {
    private static final Agreement AGREEMENT = new Agreement();

    static Stream<NexmarkQuery> queries() {
        return Stream.concat(NexmarkQueries.ALL.stream(), NexmarkQueries.PARTS.stream())
                .filter(query -> query.comparable() && query.flink() != null);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void bothEnginesEndWithTheSameRows(NexmarkQuery query) throws Exception {
        assertEquals(Optional.empty(), AGREEMENT.difference(query));
    }
}
