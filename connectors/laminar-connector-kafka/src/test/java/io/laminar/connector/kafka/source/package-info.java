@NullMarked
package io.laminar.connector.kafka.source;

import org.jspecify.annotations.NullMarked;
