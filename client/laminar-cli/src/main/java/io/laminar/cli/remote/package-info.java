/** Commands that talk to a server. */
@NullMarked
package io.laminar.cli.remote;

import org.jspecify.annotations.NullMarked;
