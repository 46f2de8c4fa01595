package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a {@link TriggerQueryProjection} that is stored as JSON, in a column of a JSON type or of text.
 * The application's {@code JsonMapper} writes it. A null component is stored as SQL null.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Json {}
