/** Writing topics: batches become records, in transactions where they are wanted. */
@NullMarked
package io.laminar.connector.kafka.sink;

import org.jspecify.annotations.NullMarked;
