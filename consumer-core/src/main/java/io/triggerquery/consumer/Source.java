package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a source, and says what its states contain. It marks the interface or class whose methods query the source, or
 * a bean of type {@link io.triggerquery.consumer.spi.SourceQuery}.
 *
 * <p>A type has one method that takes the id and returns its state. It may have one that takes several ids, as a {@code
 * List} or {@code Collection}, and returns a {@code Collection} of states or a {@code Map} of states by their ids. With
 * the second, one call queries many ids. A method takes an id as {@code String}, {@code long}, {@code int} or {@code
 * UUID}. What the methods return may be wrapped in an {@code Optional}, in a {@code CompletableFuture} or {@code
 * CompletionStage}, and, unless Feign implements them, in a {@code ResponseEntity}.
 *
 * <p><b>Without a bean of the type</b>, the type is an interface with Feign's own annotations. Its client is created
 * with the address {@code triggerquery.sources.NAME.url}, and no thread waits for an answer. Credentials, headers,
 * certificates and a proxy are further properties of the source. Beans of the type {@code feign.RequestInterceptor}
 * apply to each call of the source that their {@code @Qualifier} names, or of all sources if they have none. Beans of
 * the type {@code feign.Capability} apply to all sources; other parts of Feign are not replaced by beans.
 *
 * <p><b>With a bean of the type</b>, that bean is called: an {@code @HttpExchange} interface, a {@code @FeignClient} of
 * Spring Cloud, a class of the application, a lambda. The listener's worker waits until the method returns, but not for
 * a returned future. A method that has not returned after 1 minute is interrupted, and a future that has not completed
 * is cancelled.
 *
 * <p>Failures mean the same in both cases. Each name has one circuit breaker and one limit of concurrent calls.
 *
 * <pre>{@code
 * @Source(value = "billing", id = "paymentId", version = "version")
 * interface BillingSource {
 *     @RequestLine("GET /api/billings/{id}")
 *     Billing byId(@Param("id") String id);
 *
 *     @RequestLine(value = "GET /api/billings?ids={ids}", collectionFormat = CollectionFormat.CSV)
 *     List<Billing> byIds(@Param("ids") List<String> ids);
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Source {

    /** Returns the source's name, as in {@code triggerquery.sources.NAME}. */
    String value();

    /**
     * Returns the names of the methods to use, for one id and for several ids, where several fit; by default every
     * method that fits is used. Ignored for a {@code SourceQuery}.
     */
    String[] method() default {};

    /**
     * Returns the property of the state that holds its id: a {@code String}, {@code long}, {@code int} or {@code UUID}.
     * Required with a method for several ids that returns a collection, unless the state is a record that marks it with
     * {@link Id}. An answer whose state has no id or another id
     * is a failure of the queried id: sources answer errors with 200, and caches answer with other states.
     */
    String id() default "";

    /**
     * Returns the property of the state that holds its version, a {@code long} or {@code int} of at least 0 that grows
     * with every change of the id. An answer with a lower version than the trigger's is then stale and the id is
     * queried again; a state without a version is a failure of its id. By default the component that the record marks
     * with {@link Version}; otherwise states have no version.
     */
    String version() default "";

    /** Returns how the source reports that it does not have an id. */
    Absence absence() default Absence.NEVER;

    /**
     * Returns whether other sources may have the same name. Such sources belong to one service: they share its
     * settings, its circuit breaker and its limit of calls. If one of them is not {@code shared}, the application does
     * not start.
     */
    boolean shared() default false;
}
