package io.triggerquery.consumer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Maps a record, which is the state that a source returns, to a row of a table. With {@link
 * TriggerQueryListener} on the same record the framework writes the table; no listener method is needed.
 *
 * <pre>{@code
 * @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
 * @TriggerQueryProjection(table = "billing")
 * record Billing(@Id String paymentId, boolean billed, String billId, @Version long version) {}
 * }</pre>
 *
 * <p>Each component has a column of its name in snake case, or of the name in {@link Column}. Components are of the
 * types String, boolean, int, long, double, their wrappers, BigDecimal, BigInteger, Instant, LocalDate, LocalDateTime,
 * UUID, enums, and, with {@link Json}, any type that Jackson writes. Other columns of the table are not written; they
 * need a default value if they are not null. The table and its columns are checked when the application starts.
 *
 * <p>The states of a round are written in one statement, in the order of their ids. It writes a newer version, the same
 * version if another column differs, and never an older one. Each round has its own transaction with a timeout of 30
 * seconds.
 *
 * <p>The records are found in the packages of the application that Spring Boot scans. Each is available as a bean of
 * type {@link io.triggerquery.consumer.projection.TableProjection}, which a listener method of the application may use
 * instead; then the record has no {@link TriggerQueryListener}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TriggerQueryProjection {

    /**
     * Returns the table, with or without a schema: {@code billing} or {@code payment.billing}. This and the other names
     * may have placeholders.
     */
    String table();

    /**
     * Returns a column of type boolean, not null, that marks the row of an absent id as deleted. The row keeps the
     * version, so that no older state restores the id, and its other columns become null. For sources that report
     * absent ids; either this or {@link #guarded()} is then required.
     */
    String deletedColumn() default "";

    /**
     * Returns whether the row of an absent id is deleted, and a {@link
     * io.triggerquery.consumer.projection.ProjectionGuard} keeps the versions of all ids in its table, under the
     * name {@link #table()}, so that no older state restores the id. It costs a second row for each id.
     */
    boolean guarded() default false;

    /** Returns a column with the time at which the row was last changed; by default none. */
    String appliedAtColumn() default "";

    /** Returns the name of the DataSource bean; by default the only or primary one. */
    String dataSource() default "";

    /**
     * Returns the name of the transaction manager bean, which must be that of the DataSource; by default the one that
     * manages it.
     */
    String transactionManager() default "";
}
