/** Tests of files on S3 against S3Mock. */
@NullMarked
package io.laminar.connector.storage.s3;

import org.jspecify.annotations.NullMarked;
