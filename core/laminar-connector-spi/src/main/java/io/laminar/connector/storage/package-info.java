/** How files outside this machine are reached. */
@NullMarked
package io.laminar.connector.storage;

import org.jspecify.annotations.NullMarked;
