package io.laminar.spi.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecimalSignatureTest {

    @Test
    void sumKeepsTheScaleAndTakesAllDigits() {
        assertEquals(new Decimal(38, 2), result("sum(decimal) -> decimal(38)", new Decimal(10, 2)));
    }

    @Test
    void withoutADecimalArgumentTheScaleIsZero() {
        assertEquals(new Decimal(38, 0), result("sum(bigint) -> decimal(38)", Scalar.BIGINT));
    }

    @Test
    void aLeastScaleRaisesOnlySmallerOnes() {
        assertEquals(new Decimal(38, 6), result("avg(decimal) -> decimal(38, 6)", new Decimal(10, 2)));
        assertEquals(new Decimal(38, 9), result("avg(decimal) -> decimal(38, 6)", new Decimal(18, 9)));
    }

    @Test
    void oneDigitMoreStopsAtTheLimit() {
        assertEquals(new Decimal(4, 2), result("ceil(decimal) -> decimal(+1)", new Decimal(3, 2)));
        assertEquals(new Decimal(38, 2), result("ceil(decimal) -> decimal(+1)", new Decimal(38, 2)));
    }

    @Test
    void ofSeveralDecimalsTheLargestScaleCounts() {
        Signature signature = Signature.parse("mod(decimal, decimal) -> decimal(38)");
        List<DataType> arguments = List.of(new Decimal(3, 1), new Decimal(4, 2));
        assertEquals(
                new Decimal(38, 2), signature.match(arguments).orElseThrow().result());
    }

    @Test
    void aBareNullIsAnArrayOfAnything() {
        assertEquals(Scalar.BIGINT, result("array_length(T[]) -> bigint", Scalar.NULL));
        assertEquals(Scalar.BIGINT, result("cardinality(map<K, V>) -> bigint", Scalar.NULL));
    }

    private static DataType result(String signature, DataType argument) {
        return Signature.parse(signature).match(List.of(argument)).orElseThrow().result();
    }
}
