package io.laminar.testing.chaos;

import io.laminar.testing.chaos.Shop.Order;
import io.laminar.testing.chaos.Shop.Payment;

/** What the three sinks have to say about the first orders of a shop, computed one order after the other. */
final class Answers {
    private final Shop shop;
    private final long orders;
    private final long[] salesCount;
    private final long[] salesAmount;
    private final long[] totalCount;
    private final long[] totalAmount;
    private final long[] totalLast;
    /** Rows per order and payment, see {@link #pair}. */
    private final byte[] matches;

    private long windows;
    private long pairs;

    Answers(Shop shop, long orders) {
        this.shop = shop;
        this.orders = orders;
        int seconds = Math.toIntExact((orders * Shop.STEP + Shop.JITTER) / 1_000 + 1);
        salesCount = new long[seconds * Shop.SHOPS];
        salesAmount = new long[seconds * Shop.SHOPS];
        totalCount = new long[shop.customers()];
        totalAmount = new long[shop.customers()];
        totalLast = new long[shop.customers()];
        matches = new byte[Math.toIntExact(orders * (Shop.PAYMENTS + 1))];
        for (long id = 0; id < orders; id++) {
            add(shop.order(id));
        }
    }

    private void add(Order order) {
        int window = window(order.second(), order.shop());
        windows += salesCount[window] == 0 ? 1 : 0;
        salesCount[window]++;
        salesAmount[window] += order.amount();
        int customer = Math.toIntExact(order.customer());
        totalCount[customer]++;
        totalAmount[customer] += order.amount();
        totalLast[customer] = order.id();
        boolean matched = false;
        for (Payment payment : shop.payments(order)) {
            if (payment.isInTime(order)) {
                matched = true;
                matches[pair(order.id(), payment.id())]++;
                pairs++;
            }
        }
        if (!matched) {
            matches[pair(order.id(), Numbers.NULL)]++;
            pairs++;
        }
    }

    /** The place of a window; -1 if no order can be in it. */
    int window(long second, long of) {
        long place = (second - Shop.firstSecond()) * Shop.SHOPS + of;
        return of >= 0 && of < Shop.SHOPS && place >= 0 && place < salesCount.length ? (int) place : -1;
    }

    /** The place of an order with a payment, or without one; -1 if they do not belong to each other. */
    int pair(long order, long payment) {
        long which = payment == Numbers.NULL ? 0 : payment - order * Shop.PAYMENTS + 1;
        boolean known = order >= 0 && order < orders && which >= 0 && which <= Shop.PAYMENTS;
        return known ? Math.toIntExact(order * (Shop.PAYMENTS + 1) + which) : -1;
    }

    Shop shop() {
        return shop;
    }

    long orders() {
        return orders;
    }

    int windowPlaces() {
        return salesCount.length;
    }

    /** Windows with orders. */
    long windows() {
        return windows;
    }

    int pairPlaces() {
        return matches.length;
    }

    /** Rows of the join. */
    long pairs() {
        return pairs;
    }

    int matches(int pair) {
        return matches[pair];
    }

    long salesCount(int window) {
        return salesCount[window];
    }

    long salesAmount(int window) {
        return salesAmount[window];
    }

    long totalCount(int customer) {
        return totalCount[customer];
    }

    long totalAmount(int customer) {
        return totalAmount[customer];
    }

    long totalLast(int customer) {
        return totalLast[customer];
    }
}
