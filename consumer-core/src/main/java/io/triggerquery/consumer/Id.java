package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component of a {@link TriggerQueryProjection} that has the id: a {@code String}, {@code long}, {@code int}
 * or {@code UUID}. Its column is the primary key of the table. {@link Source#id()} need
 * not name it.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Id {}
