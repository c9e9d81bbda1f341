/** Functions that users wrote in Java: compiling, checking, loading, and the values they take and give. */
@NullMarked
package io.laminar.execution.user;

import org.jspecify.annotations.NullMarked;
