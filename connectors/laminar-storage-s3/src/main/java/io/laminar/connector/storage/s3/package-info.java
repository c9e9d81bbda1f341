/** Files on Amazon S3 and on stores that speak like it, for Flink. */
@NullMarked
package io.laminar.connector.storage.s3;

import org.jspecify.annotations.NullMarked;
