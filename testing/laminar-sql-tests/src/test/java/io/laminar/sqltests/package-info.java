/** The .slt cases, the oracle and the examples as tests. */
@NullMarked
package io.laminar.sqltests;

import org.jspecify.annotations.NullMarked;
