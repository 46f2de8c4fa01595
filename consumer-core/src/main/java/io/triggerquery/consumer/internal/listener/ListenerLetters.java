package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.DeferredTrigger;
import io.triggerquery.consumer.internal.letter.Letter;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.letter.LetterPage;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.LetterRun;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * The dead letters and deferred triggers of a listener. A failure is a {@link ListenerOperationException}.
 *
 * @param listenerId the id of the listener
 * @param letters performs the operations
 * @param backOff determines when a deferred trigger is tried next
 */
record ListenerLetters(String listenerId, LetterOperations letters, BackOff backOff) implements LetterOperations {

    @Override
    public LetterPage list(LetterRequest request) {
        return perform(() -> letters.list(request));
    }

    @Override
    public LetterReasons reasons(LetterRequest request) {
        return perform(() -> letters.reasons(request));
    }

    @Override
    public Letter look(String position, boolean showStates) {
        return perform(() -> letters.look(position, showStates));
    }

    @Override
    public LetterRun replay(LetterRequest request) {
        return perform(() -> letters.replay(request));
    }

    @Override
    public LetterRun discard(LetterRequest request) {
        return perform(() -> letters.discard(request));
    }

    @Override
    public DeferredPage deferred(LetterRequest request) {
        DeferredPage page = perform(() -> letters.deferred(request));
        return new DeferredPage(
                page.deferred().stream()
                        .map(deferred -> deferred.withNextTry(nextTry(deferred)))
                        .toList(),
                page.scanned());
    }

    private Instant nextTry(DeferredTrigger deferred) {
        if (deferred.failures() == 0) {
            return deferred.deferredAt();
        }
        Duration failing = Duration.between(deferred.failingSince(), deferred.deferredAt());
        return deferred.deferredAt().plus(pause(failing.isNegative() ? Duration.ZERO : failing));
    }

    /** Returns the pause, without randomization as far as that is known. */
    private Duration pause(Duration failing) {
        return backOff instanceof FractionalBackOff fractional ? fractional.pause(failing) : backOff.after(failing);
    }

    private static <T> T perform(Supplier<T> request) {
        try {
            return request.get();
        } catch (IllegalArgumentException invalid) {
            throw new ListenerOperationException(Reason.INVALID, String.valueOf(invalid.getMessage()));
        } catch (NoSuchElementException unknown) {
            throw new ListenerOperationException(Reason.UNKNOWN, String.valueOf(unknown.getMessage()));
        } catch (RuntimeException failure) {
            throw new ListenerOperationException(Reason.UNAVAILABLE, "The request failed: " + OneLine.of(failure));
        }
    }
}
