package io.laminar.testing.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.testing.chaos.Shop.Order;
import io.laminar.testing.chaos.Shop.Payment;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShopTest {
    private static final int ORDERS = 20_000;

    private final Shop shop = new Shop(3, 100);

    /** Otherwise rows would be late, and which ones would be a matter of chance. */
    @Test
    void noRowIsBehindTheWatermarkOfItsPartition() {
        long[] orders = new long[Shop.PARTITIONS];
        long[] payments = new long[Shop.PARTITIONS];
        for (long id = 0; id < ORDERS; id++) {
            Order order = shop.order(id);
            assertTrue(order.at() > orders[order.partition()] - Shop.DELAY);
            orders[order.partition()] = Math.max(orders[order.partition()], order.at());
            for (Payment payment : shop.payments(order)) {
                assertTrue(payment.at() > payments[payment.partition()] - Shop.DELAY);
                payments[payment.partition()] = Math.max(payments[payment.partition()], payment.at());
            }
        }
    }

    @Test
    void everyOrderIsInAllThreeAnswers() {
        Answers answers = new Answers(shop, ORDERS);
        assertEquals(
                ORDERS,
                IntStream.range(0, answers.windowPlaces())
                        .mapToLong(answers::salesCount)
                        .sum());
        assertEquals(
                ORDERS,
                IntStream.range(0, shop.customers())
                        .mapToLong(answers::totalCount)
                        .sum());
        assertEquals(
                ORDERS,
                LongStream.range(0, ORDERS)
                        .filter(id -> answers.matches(answers.pair(id, Numbers.NULL)) == 1
                                || answers.matches(answers.pair(id, id * Shop.PAYMENTS)) == 1
                                || answers.matches(answers.pair(id, id * Shop.PAYMENTS + 1)) == 1)
                        .count());
        assertEquals(-1, answers.pair(ORDERS, Numbers.NULL));
        assertEquals(-1, answers.pair(5, 0));
        assertEquals(-1, answers.window(0, 0));
    }

    @Test
    void numbersAreReadInTheirOrder() {
        assertArrayEquals(new long[] {1, -2, Numbers.NULL}, Numbers.of("{\"a\":1,\"b\": -2 ,\"c\":null}", 3));
        assertThrows(IllegalArgumentException.class, () -> Numbers.of("{\"a\":1}", 2));
        assertThrows(IllegalArgumentException.class, () -> Numbers.of("{\"a\":1,\"b\":2}", 1));
    }

    @Test
    void aSeedGivesTheSameFaultsAgainAndAllOfThem() {
        int all = IntStream.range(0, Fault.values().length)
                .map(i -> Fault.values()[i].share())
                .sum();
        Schedule first = new Schedule(9, EnumSet.allOf(Fault.class));
        Schedule second = new Schedule(9, EnumSet.allOf(Fault.class));
        Set<Fault> seen = EnumSet.noneOf(Fault.class);
        for (int i = 0; i < all; i++) {
            Fault fault = first.next();
            assertEquals(fault, second.next());
            seen.add(fault);
        }
        assertEquals(EnumSet.allOf(Fault.class), seen);
    }

    @Test
    void whatIsMissingOrComesTwiceIsNotExact() {
        Verdict verdict = new Verdict("files", 2);
        verdict.row();
        verdict.row();
        assertTrue(verdict.isExact());
        verdict.lost(1, "a");
        verdict.doubled(1, "b");
        assertTrue(verdict.toString().contains("lost 1, doubled 1, wrong 0"), verdict.toString());
        assertEquals(false, verdict.isExact());
    }
}
