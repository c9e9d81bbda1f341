/** What monitoring systems read: metrics in the format of Prometheus, traces of OpenTelemetry. */
@NullMarked
package io.laminar.server.telemetry;

import org.jspecify.annotations.NullMarked;
