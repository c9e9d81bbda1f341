package io.laminar.testing.chaos;

import io.laminar.testing.chaos.Shop.Order;
import io.laminar.testing.chaos.Shop.Payment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Feeds the orders of a shop at a rate, each once: through a broker that goes and comes back as well. */
final class Feeder implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Longer than the broker is ever away. */
    private static final int PATIENCE_MILLIS = 600_000;

    private final Shop shop;
    private final int rate;
    private final KafkaProducer<String, String> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::feed, "feeder");
    private volatile long fed;
    private volatile boolean closing;
    private boolean resting;
    private long payments;

    private Feeder(Shop shop, String broker, int rate) {
        this.shop = shop;
        this.rate = rate;
        this.producer = producer(broker);
    }

    /** @param rate orders per second */
    static Feeder start(Shop shop, String broker, int rate) {
        Feeder feeder = new Feeder(shop, broker, rate);
        feeder.thread.setDaemon(true);
        feeder.thread.start();
        return feeder;
    }

    private static KafkaProducer<String, String> producer(String broker) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 5);
        settings.put("buffer.memory", 64L << 20);
        settings.put("request.timeout.ms", 10_000);
        settings.put("delivery.timeout.ms", PATIENCE_MILLIS);
        settings.put("max.block.ms", (long) PATIENCE_MILLIS);
        settings.put("reconnect.backoff.max.ms", 500L);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private void feed() {
        long before = System.nanoTime();
        double due = 0;
        while (!closing) {
            long now = System.nanoTime();
            synchronized (this) {
                if (!resting) {
                    due += (now - before) / 1e9 * rate;
                    feedUpTo((long) due);
                }
            }
            before = now;
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void feedUpTo(long due) {
        for (long id = fed; id < due && !closing; id++) {
            Order order = shop.order(id);
            send(order);
            for (Payment payment : shop.payments(order)) {
                send(payment.partition(), payment);
            }
            fed = id + 1;
        }
    }

    /**
     * Feeds nothing until {@link #goOn}.
     *
     * @return the orders up to now, all of which the broker has
     */
    long rest() {
        synchronized (this) {
            resting = true;
        }
        flush();
        return fed;
    }

    synchronized void goOn() {
        resting = false;
    }

    private void flush() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("the input could not be fed", problem);
        }
    }

    private void send(Order order) {
        send(Pipeline.ORDERS, order.partition(), order.json());
    }

    private void send(int partition, Payment payment) {
        payments++;
        send(Pipeline.PAYMENTS, partition, payment.json());
    }

    private void send(String topic, int partition, String value) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /** Orders handed over so far: an order with this number or a greater one is fed later than now. */
    long fed() {
        return fed;
    }

    /**
     * Ends the input with rows that close all windows, and waits until the broker has everything.
     *
     * @return the number of orders
     */
    long finish() {
        join();
        for (int partition = 0; partition < Shop.PARTITIONS; partition++) {
            send(Pipeline.ORDERS, partition, shop.closingOrder(fed).json());
            send(partition, shop.closingPayment(fed));
        }
        flush();
        return fed;
    }

    /** Payments that were fed; of meaning after {@link #finish}. */
    long payments() {
        return payments;
    }

    private void join() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        producer.close(java.time.Duration.ZERO);
        join();
    }
}
