@NullMarked
package io.laminar.connector.kafka;

import org.jspecify.annotations.NullMarked;
