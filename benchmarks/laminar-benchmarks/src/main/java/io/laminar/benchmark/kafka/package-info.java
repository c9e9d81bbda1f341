/** Pipelines from topic to topic of a Kafka broker, on both engines. */
@NullMarked
package io.laminar.benchmark.kafka;

import org.jspecify.annotations.NullMarked;
