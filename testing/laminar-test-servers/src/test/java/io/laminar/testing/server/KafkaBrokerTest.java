package io.laminar.testing.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaBrokerTest {

    @Test
    void whatIsWrittenSurvivesAKill() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            Map<String, Object> settings = Map.of("bootstrap.servers", broker.servers());
            try (Admin admin = Admin.create(settings)) {
                admin.createTopics(List.of(new NewTopic("t", Optional.empty(), Optional.empty())))
                        .all()
                        .get();
            }
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                for (int i = 0; i < 100; i++) {
                    producer.send(new ProducerRecord<>("t", "record " + i));
                }
                producer.flush();
                broker.pause();
                var pending = producer.send(new ProducerRecord<>("t", "paused"));
                assertThrows(
                        java.util.concurrent.TimeoutException.class, () -> pending.get(200, TimeUnit.MILLISECONDS));
                broker.resume();
                assertEquals(100, pending.get().offset());
            }
            broker.kill();
            assertThrows(IllegalStateException.class, broker::pid);
            broker.restart();
            List<String> read = new ArrayList<>();
            try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                consumer.assign(List.of(new TopicPartition("t", 0)));
                consumer.seekToBeginning(consumer.assignment());
                while (read.size() < 101) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(record -> read.add(record.value()));
                }
            }
            assertEquals("record 0", read.get(0));
            assertEquals("paused", read.get(100));
            assertTrue(broker.servers().getBytes(StandardCharsets.UTF_8).length > 0);
        }
    }
}
