package io.triggerquery.producer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes triggers when the method of a bean returns normally, inside the transaction that Spring has started for
 * the method, or outside of any if there is none.
 *
 * <pre>{@code
 * @Transactional
 * @PublishTrigger(destination = "payment-changed", id = "#payment.id", version = "#result.version")
 * Payment refund(Payment payment) { ... }
 * }</pre>
 *
 * <p>The expressions are SpEL, evaluated after the method. They see its parameters by name, or as {@code #p0},
 * {@code #p1} and so on, and what it returned as {@code #result}.
 *
 * <p>They are evaluated before the commit. JPA increments a {@code @Version} field when it flushes, which is usually
 * later, so {@code #result.version} is then the version before the change. That is a valid version; see {@link
 * TriggerPublisher#publish(String, String, long)}. Leave the version out on a method that deletes.
 *
 * <p>It uses Spring's proxies. Calls within the same object therefore publish nothing, and a transaction that the
 * method begins by itself ends before anything is published: call {@link TriggerPublisher} there. The application does
 * not start if the method is private, static or final, or returns a future or a reactive type, if an expression cannot
 * work, or if the destination has no topic.
 *
 * <p>Errors: a trigger that is not accepted throws {@link TriggerRejectedException} out of the method, and an
 * expression that cannot be evaluated {@link IllegalStateException}; either rolls the method's transaction back.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(PublishTrigger.Several.class)
@Documented
public @interface PublishTrigger {

    /** Returns the logical destination, as in {@link TriggerPublisher#publish}. */
    String destination();

    /**
     * Returns an expression for the id, a String, UUID or whole number, or for several ids, a collection, array, Stream
     * or Optional of these. An empty one publishes nothing; null is an error.
     */
    String id();

    /**
     * Returns an expression for the version, a whole number that applies to all ids; empty for none. It is the version
     * before the change or the one that the change makes, never a lower or a higher one.
     */
    String version() default "";

    /** Contains several {@link PublishTrigger} annotations of one method. */
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @interface Several {

        /** Returns the annotations, in the order in which they publish. */
        PublishTrigger[] value();
    }
}
