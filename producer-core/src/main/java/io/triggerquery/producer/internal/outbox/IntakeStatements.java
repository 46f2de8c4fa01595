package io.triggerquery.producer.internal.outbox;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The statements that write the triggers of other services. See {@link TriggerIntake} for what they do.
 *
 * <p>Each is called within a transaction with read committed isolation, which contains nothing else and is repeated
 * after a deadlock or a duplicate key. Threads: any.
 */
interface IntakeStatements {

    /**
     * Who writes.
     *
     * @param owner the application that sends the triggers
     * @param origin the service that hands them over
     */
    record Writer(String owner, String origin) {}

    /** Inserts triggers that are due at once. */
    void accept(Writer writer, List<OutgoingTrigger> triggers);

    /** Inserts the registrations that are not there. */
    void register(Writer writer, int runSeconds, List<Registration> registrations);

    /** Makes registrations due at once, and inserts those that are not there; returns the number of late ones. */
    int activate(Writer writer, List<Registration> registrations);

    /** Deletes registrations that are not activated. */
    void cancel(Writer writer, Collection<UUID> registrations);
}
