/** Reading topics: whole polls become batches in the thread that fetches. */
@NullMarked
package io.laminar.connector.kafka.source;

import org.jspecify.annotations.NullMarked;
