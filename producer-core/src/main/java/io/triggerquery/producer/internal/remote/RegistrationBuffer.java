package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.NotRegisteredException;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Registers a transaction's triggers with the relay service before the commit and activates them after it. If this
 * process dies in between, the service sends them by itself.
 *
 * <p>A trigger is lost only if the commit happens after the last send that the service makes by itself. Therefore the
 * transaction is rolled back if registering took more than {@value #MAX_REGISTERING_SHARE} of the maximum run time. The
 * service sends three times, after 1, 4 and 16 times the maximum run time, and an activation after that causes one more
 * send. The remaining case is a commit that takes longer than 16 times the maximum run time in a process that then
 * dies.
 *
 * <p>Threads: any. Bounds: the transaction waits for the calls of one registration, see {@link RelayServiceClient}, and
 * for nothing after its end. Failure: {@link NotRegisteredException} before the commit; without a transaction a
 * rejected receipt.
 */
public final class RegistrationBuffer implements TriggerBuffer {

    /** The shortest maximum run time. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest maximum run time. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The share of the maximum run time that registering may take. */
    static final double MAX_REGISTERING_SHARE = 0.8;

    private final RelayServiceClient service;
    private final Activations activations;
    private final Duration maxRunTime;
    private final LongSupplier nanoTime;

    /**
     * Creates a buffer.
     *
     * @param maxRunTime the time after which the service sends a trigger that was not activated; whole seconds from
     *     {@link #SHORTEST} to {@link #LONGEST}
     */
    public RegistrationBuffer(
            RelayServiceClient service, Activations activations, Duration maxRunTime, LongSupplier nanoTime) {
        if (maxRunTime.compareTo(SHORTEST) < 0 || maxRunTime.compareTo(LONGEST) > 0 || maxRunTime.getNano() != 0) {
            throw new IllegalArgumentException("the maximum run time must be 1 s to 1 h, in whole seconds");
        }
        this.service = service;
        this.activations = activations;
        this.maxRunTime = maxRunTime;
        this.nanoTime = nanoTime;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        SendOutcome outcome = service.accept(triggers);
        return outcome instanceof SendOutcome.Acknowledged
                ? new Receipt.WithRelayService()
                : new Receipt.Rejected(outcome.reason());
    }

    @Override
    public Prepared prepare(List<OutgoingTrigger> triggers) {
        List<Registration> registrations = triggers.stream()
                .map(trigger -> new Registration(UUID.randomUUID(), trigger))
                .toList();
        long startNanos = nanoTime.getAsLong();
        SendOutcome outcome = service.register(maxRunTime, registrations);
        if (!(outcome instanceof SendOutcome.Acknowledged)) {
            activations.cancel(registrations);
            throw new NotRegisteredException(
                    "The transaction is rolled back because its %d triggers could not be registered: %s"
                            .formatted(triggers.size(), outcome.reason()));
        }
        Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - startNanos);
        if (elapsed.toNanos() > maxRunTime.toNanos() * MAX_REGISTERING_SHARE) {
            activations.cancel(registrations);
            throw new NotRegisteredException(
                    ("The transaction is rolled back because registering its triggers took %d ms: it could"
                                    + " commit after the relay service sends them, %d ms after the registration")
                            .formatted(elapsed.toMillis(), maxRunTime.toMillis()));
        }
        return committed -> {
            // else the service sends three times by itself, the last time after a commit that may still happen
            if (committed) {
                activations.activate(registrations);
            }
        };
    }
}
