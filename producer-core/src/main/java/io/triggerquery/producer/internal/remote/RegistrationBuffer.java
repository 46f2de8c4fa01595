package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.NotRegisteredException;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.Registration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Registers a transaction's triggers with the relay service before the commit and activates them after it. If this
 * process dies in between, the service sends them by itself.
 *
 * <p>The fence: a commit has to happen before the last of the sends that the service makes by itself. So the commit is
 * refused when more than {@link #PART_TO_REGISTER} of the longest run time has passed already, the service sends again
 * after 4 and after 16 times that long, and an activation that comes later still is one more send. What is left is a
 * commit that takes longer than 16 times the longest run time in a process that then dies.
 *
 * <p>Threads: any. Bounds: the transaction is held for one call, see {@link RelayServiceClient}; for nothing after its
 * end. Failure: {@link NotRegisteredException} before the commit; without a transaction a receipt that says rejected.
 */
public final class RegistrationBuffer implements TriggerBuffer {

    /** The shortest time that can be registered. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest one. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The part of the longest run time that registering may take. */
    static final double PART_TO_REGISTER = 0.8;

    private final RelayServiceClient service;
    private final Activations activations;
    private final Duration maxRunTime;
    private final LongSupplier nanoTime;

    /**
     * Makes a keeper.
     *
     * @param maxRunTime after that time the service sends by itself; whole seconds from {@link #SHORTEST} to {@link
     *     #LONGEST}
     */
    public RegistrationBuffer(
            RelayServiceClient service, Activations activations, Duration maxRunTime, LongSupplier nanoTime) {
        if (maxRunTime.compareTo(SHORTEST) < 0 || maxRunTime.compareTo(LONGEST) > 0 || maxRunTime.getNano() != 0) {
            throw new IllegalArgumentException("the longest run time is 1 s to 1 h, in whole seconds");
        }
        this.service = service;
        this.activations = activations;
        this.maxRunTime = maxRunTime;
        this.nanoTime = nanoTime;
    }

    @Override
    public Receipt keep(List<OutgoingTrigger> triggers) {
        return service.accept(triggers) instanceof SendOutcome.Acknowledged
                ? new Receipt.WithRelayService()
                : new Receipt.Rejected("the relay service does not take it");
    }

    @Override
    public Prepared prepare(List<OutgoingTrigger> triggers) {
        List<Registration> registrations = triggers.stream()
                .map(trigger -> new Registration(UUID.randomUUID(), trigger))
                .toList();
        long asked = nanoTime.getAsLong();
        SendOutcome outcome = service.register(maxRunTime, registrations);
        if (!(outcome instanceof SendOutcome.Acknowledged)) {
            activations.cancel(registrations);
            throw new NotRegisteredException(
                    "Rolled back: its %d triggers could not be registered: %s".formatted(triggers.size(), outcome));
        }
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - asked);
        if (took.toNanos() > maxRunTime.toNanos() * PART_TO_REGISTER) {
            activations.cancel(registrations);
            throw new NotRegisteredException(("Rolled back: registering its triggers took %d ms, too long for a commit"
                            + " before they are sent by themselves after %d ms")
                    .formatted(took.toMillis(), maxRunTime.toMillis()));
        }
        return committed -> {
            // else the service asks three times by itself, which outlasts a commit that is still to come
            if (committed) {
                activations.activate(registrations);
            }
        };
    }
}
