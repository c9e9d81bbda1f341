package io.laminar.spi.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a {@link SqlFunction}: the argument is turned into the parameter's type by that type's
 * {@code public static T prepare(Slice)}; once for a constant, otherwise again only when its value changes. What has been
 * prepared is used by one thread, so it may keep state from call to call; several calls in a query may share it.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Prepared {}
