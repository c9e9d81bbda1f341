/** How clients of Kafka are set up, what they are asked before a job starts, and what their failures mean. */
@NullMarked
package io.laminar.connector.kafka.client;

import org.jspecify.annotations.NullMarked;
